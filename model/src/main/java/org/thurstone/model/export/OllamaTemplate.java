package org.thurstone.model.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.TemplateRefusal;

/**
 * A chat template whose turns stand one after the other, each between fixed texts, which is what ChatML, Llama 3, Phi-3, Zephyr, Gemma and many others do. The
 * texts are found by rendering conversations, and kept if they give every other conversation back to the letter.
 *
 * @param openSystem empty if the template takes no system turn
 * @param preset the system turn that the template adds where a conversation has none
 * @param openAssistant what follows a turn of the user, its end included
 */
record OllamaTemplate(
        Optional<String> openSystem,
        String closeSystem,
        Optional<String> preset,
        String openUser,
        String openAssistant,
        String closeAssistant) {

    private static final String SYSTEM = "«about»";
    private static final String FIRST = "«question»";
    private static final String ANSWER = "«answer»";
    private static final String SECOND = "«other»";

    /**
     * Finds the turns of a template.
     *
     * @param bos what the loading program puts before every text, so that the template must not
     * @return empty if its turns are no such thing
     */
    static Optional<OllamaTemplate> of(ChatTemplate template, String bos) {
        Optional<OllamaTemplate> found = turns(template, bos);
        return found.filter(t -> t.writable() && t.agrees(template, bos));
    }

    private static Optional<OllamaTemplate> turns(ChatTemplate template, String bos) {
        Optional<String> whole = render(template, bos, true, user(FIRST), assistant(ANSWER), user(SECOND));
        Optional<String> closed = render(template, bos, false, user(FIRST), assistant(ANSWER));
        if (whole.isEmpty() || closed.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = between(whole.get(), FIRST, ANSWER, SECOND);
        List<String> ends = between(closed.get(), FIRST, ANSWER);
        if (parts.isEmpty() || ends.isEmpty() || !parts.get(2).startsWith(ends.get(2))) {
            return Optional.empty();
        }
        String closeAssistant = ends.get(2);
        String openUser = parts.get(2).substring(closeAssistant.length());
        String openAssistant = parts.get(3);
        String before = parts.get(0);
        if (openUser.isEmpty() || !before.endsWith(openUser)) {
            return Optional.empty();
        }
        String added = before.substring(0, before.length() - openUser.length());
        Optional<String> openSystem = Optional.empty();
        String closeSystem = "";
        List<String> told = render(template, bos, true, system(SYSTEM), user(FIRST))
                .map(text -> between(text, SYSTEM, FIRST))
                .orElse(List.of());
        if (!told.isEmpty() && told.get(1).endsWith(openUser)) {
            openSystem = Optional.of(told.get(0));
            closeSystem = told.get(1).substring(0, told.get(1).length() - openUser.length());
        }
        Optional<String> preset = Optional.empty();
        if (!added.isEmpty()) {
            String opening = openSystem.orElse("");
            if (openSystem.isEmpty()
                    || added.length() < opening.length() + closeSystem.length()
                    || !added.startsWith(opening)
                    || !added.endsWith(closeSystem)) {
                return Optional.empty();
            }
            preset = Optional.of(added.substring(opening.length(), added.length() - closeSystem.length()));
        }
        return Optional.of(
                new OllamaTemplate(openSystem, closeSystem, preset, openUser, openAssistant, closeAssistant));
    }

    private static Message system(String text) {
        return new Message(Role.SYSTEM, text);
    }

    private static Message user(String text) {
        return new Message(Role.USER, text);
    }

    private static Message assistant(String text) {
        return new Message(Role.ASSISTANT, text);
    }

    private static Optional<String> render(ChatTemplate template, String bos, boolean prompting, Message... turns) {
        try {
            String text = template.render(List.of(turns), prompting);
            return Optional.of(text.startsWith(bos) ? text.substring(bos.length()) : text);
        } catch (TemplateRefusal e) {
            return Optional.empty();
        }
    }

    /** What stands before, between and after the marks, if each is there once and in this order. */
    private static List<String> between(String text, String... marks) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (String mark : marks) {
            int at = text.indexOf(mark, from);
            if (at < 0 || text.indexOf(mark) != at) {
                return List.of();
            }
            parts.add(text.substring(from, at));
            from = at + mark.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The text of a conversation, as the loading program will make it. */
    String render(List<Message> turns) {
        StringBuilder text = new StringBuilder();
        boolean told = !turns.isEmpty() && turns.getFirst().role() == Role.SYSTEM;
        if (!told) {
            preset.ifPresent(p -> text.append(openSystem.orElse("")).append(p).append(closeSystem));
        }
        for (Message turn : turns) {
            switch (turn.role()) {
                case SYSTEM ->
                    text.append(openSystem.orElse("")).append(turn.content()).append(closeSystem);
                case USER -> text.append(openUser).append(turn.content());
                default -> text.append(openAssistant).append(turn.content()).append(closeAssistant);
            }
        }
        return text.append(openAssistant).toString();
    }

    private boolean agrees(ChatTemplate template, String bos) {
        List<List<Message>> conversations = new ArrayList<>(List.of(
                List.of(user("Hi")),
                List.of(user("One\n\ntwo {x}")),
                List.of(user("a"), assistant("b"), user("c")),
                List.of(user("a"), assistant("b"), user("c"), assistant("d\ne"), user("f"))));
        if (openSystem.isPresent()) {
            conversations.add(List.of(system("Be brief."), user("a")));
            conversations.add(List.of(system("Be\nbrief."), user("a"), assistant("b"), user("c")));
        }
        return conversations.stream()
                .allMatch(turns -> render(template, bos, true, turns.toArray(Message[]::new))
                        .equals(Optional.of(render(turns))));
    }

    /** Whether a Modelfile can hold the texts: its quotes and Ollama's braces must not be among them. */
    private boolean writable() {
        String all =
                openSystem.orElse("") + closeSystem + preset.orElse("") + openUser + openAssistant + closeAssistant;
        return !all.contains("\"\"\"") && !all.contains("{{") && !all.contains("}}");
    }

    /** The template in Ollama's syntax, that of Go's text/template. Its actions trim nothing, so that all white space is the template's own. */
    String go() {
        StringBuilder text = new StringBuilder("{{ range .Messages }}");
        text.append("{{ if eq .Role \"user\" }}").append(openUser).append("{{ .Content }}");
        text.append("{{ else if eq .Role \"assistant\" }}")
                .append(openAssistant)
                .append("{{ .Content }}")
                .append(closeAssistant);
        openSystem.ifPresent(open -> text.append("{{ else if eq .Role \"system\" }}")
                .append(open)
                .append("{{ .Content }}")
                .append(closeSystem));
        return text.append("{{ end }}{{ end }}").append(openAssistant).toString();
    }
}
