package org.thurstone.model.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/**
 * A conversation as its chat template renders it, cut where the assistant's turns of the answer begin and end.
 *
 * <p>Three ways lead there. If a template marks assistant turns by {@code generation} blocks, these are used. Otherwise the conversation is
 * rendered turn by turn: what one more turn adds is that turn. A template that renders earlier turns differently once later ones follow (one that
 * takes out thoughts, ends the conversation with a token, or opens every answer with a thought) is rendered as a whole, and again
 * with each turn replaced by a mark: what changes is that turn.
 *
 * @param head the text before the answer
 * @param parts the text from there to the end of the assistant's last turn
 * @param closing where the ends of the assistant's turns are
 */
record Transcript(String head, List<Part> parts, Closing closing) {

    /** Finds the tokens that end a turn, such as {@code <|im_end|>}. */
    enum Closing {
        /** At the very end of each scored part. */
        EXACT,
        /** Within each scored part, perhaps with white space after it. */
        WITHIN,
        /** At the beginning of the part after a scored one. */
        AFTER
    }

    /**
     * A piece of text.
     *
     * @param scored whether the assistant says it, and it is trained on
     */
    record Part(String text, boolean scored) {}

    /** Characters that no text has: from Unicode's private use area. */
    private static final String MARK = "\uE0A0\uE0A1";

    /** At most so many characters of its own does a template put between the beginning of a turn and what is said, such as an empty thought. */
    private static final int SCAFFOLD = 64;

    private static final Pattern WHITE = Pattern.compile("\\s+");

    Transcript {
        parts = List.copyOf(parts);
    }

    /** Whether an answer ends as the template ends it again, in words: the end of a turn need not be a token of the tokenizer. */
    boolean endsTwice(List<Message> answer) {
        return answer.stream()
                .filter(turn -> turn.role() == Role.ASSISTANT && !turn.content().isBlank())
                .anyMatch(turn -> parts.stream()
                        .filter(part -> part.scored() && part.text().contains(turn.content()))
                        .map(part -> part.text()
                                .substring(part.text().indexOf(turn.content())
                                        + turn.content().length())
                                .strip())
                        .anyMatch(end ->
                                !end.isEmpty() && turn.content().stripTrailing().endsWith(end)));
    }

    /**
     * @param prompt ends before the answer
     * @param opened the prompt as it is rendered for sampling, with the beginning of the assistant's turn
     * @param answer turns of the assistant, with turns of tools and users among them; what follows the assistant's last turn does not matter
     * @throws TemplateRefusal if the template does not take the conversation, or leaves out part of what is trained on
     */
    static Transcript of(ChatTemplate template, Text.Chat prompt, String opened, List<Message> answer) {
        int last = answer.size();
        while (last > 0 && answer.get(last - 1).role() != Role.ASSISTANT) {
            last--;
        }
        List<Message> turns = answer.subList(0, last);
        if (turns.isEmpty()) {
            return new Transcript(opened, List.of(), Closing.EXACT);
        }
        Text.Chat whole = prompt.followedBy(turns);
        return marked(template, prompt, turns, opened, whole)
                .or(() -> turnByTurn(template, prompt, turns, opened))
                .orElseGet(
                        () -> new Replacing(template, whole, prompt.messages().size()).transcript());
    }

    /** The first way: each answer is a marked span, or, where a template joins turns, whatever is marked behind the prompt. */
    private static Optional<Transcript> marked(
            ChatTemplate template, Text.Chat prompt, List<Message> turns, String opened, Text.Chat whole) {
        List<Span> spans = template.generated(whole);
        if (spans.isEmpty()) {
            return Optional.empty();
        }
        String text = template.render(whole, false);
        List<Message> said =
                turns.stream().filter(turn -> turn.role() == Role.ASSISTANT).toList();
        int before = (int) count(prompt.messages());
        boolean each = spans.size() == before + said.size();
        boolean prefix = text.startsWith(opened);
        if (!each && !(prefix && said.stream().allMatch(Message::trained))) {
            return Optional.empty();
        }
        List<Span> answers = each
                ? spans.subList(before, spans.size())
                : spans.stream().filter(span -> span.end() > opened.length()).toList();
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        int head = prefix ? opened.length() : answers.getFirst().start();
        List<Part> parts = new ArrayList<>();
        int at = head;
        for (int i = 0; i < answers.size(); i++) {
            int start = Math.max(at, answers.get(i).start());
            String own = text.substring(start, answers.get(i).end());
            parts.add(new Part(text.substring(at, start), false));
            parts.add(new Part(
                    each ? complete(said.get(i), own) : own,
                    !each || said.get(i).trained()));
            at = answers.get(i).end();
        }
        if (!each) {
            String own = parts.stream().filter(Part::scored).map(Part::text).collect(Collectors.joining());
            said.forEach(turn -> complete(turn, own));
        }
        return Optional.of(new Transcript(text.substring(0, head), parts, Closing.EXACT));
    }

    private static Optional<Transcript> turnByTurn(
            ChatTemplate template, Text.Chat prompt, List<Message> turns, String opened) {
        List<Part> parts = new ArrayList<>();
        List<Message> said = new ArrayList<>(prompt.messages());
        String text = opened;
        boolean first = true;
        for (Message turn : turns) {
            if (turn.role() == Role.ASSISTANT) {
                if (!first) {
                    String open = template.render(prompt.withMessages(said), true);
                    if (!open.startsWith(text)) {
                        return Optional.empty();
                    }
                    parts.add(new Part(open.substring(text.length()), false));
                    text = open;
                }
                said.add(turn);
                String closed = template.render(prompt.withMessages(said), false);
                if (!closed.startsWith(text)) {
                    return Optional.empty();
                }
                parts.add(new Part(complete(turn, closed.substring(text.length())), turn.trained()));
                text = closed;
            } else {
                said.add(turn);
            }
            first = false;
        }
        return Optional.of(new Transcript(opened, parts, Closing.WITHIN));
    }

    /** The third way. */
    private record Replacing(ChatTemplate template, Text.Chat whole, int from) {

        Transcript transcript() {
            String text = template.render(whole, false);
            List<Message> said = new ArrayList<>();
            List<Span> spans = new ArrayList<>();
            for (int i = from; i < whole.messages().size(); i++) {
                if (whole.messages().get(i).role() == Role.ASSISTANT) {
                    int after = spans.isEmpty() ? 0 : spans.getLast().end();
                    spans.add(turn(text, i, after));
                    said.add(whole.messages().get(i));
                }
            }
            // What closes the last turn closes the others too, unless it closes the conversation as well.
            String closing = text.substring(spans.getLast().end());
            boolean everywhere = spans.stream().allMatch(span -> text.startsWith(closing, span.end()));
            List<Part> parts = new ArrayList<>();
            int at = spans.getFirst().start();
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                int end = span.end() + (everywhere ? closing.length() : 0);
                complete(said.get(i), text.substring(span.start(), span.end()));
                if (i > 0) {
                    parts.add(new Part(text.substring(at, span.start()), false));
                }
                parts.add(
                        new Part(text.substring(span.start(), end), said.get(i).trained()));
                at = end;
            }
            if (!everywhere) {
                parts.add(new Part(closing, false));
            }
            return new Transcript(
                    text.substring(0, spans.getFirst().start()), parts, everywhere ? Closing.WITHIN : Closing.AFTER);
        }

        /** From behind the beginning of the assistant's turn, as a prompt ends with it, to before what closes it. */
        private Span turn(String text, int i, int after) {
            List<Message> turns = new ArrayList<>(whole.messages());
            turns.set(i, new Message(Role.ASSISTANT, MARK));
            String other = template.render(whole.withMessages(turns), false);
            int start = shared(text, other);
            int end = text.length();
            int otherEnd = other.length();
            while (end > start && otherEnd > start && text.charAt(end - 1) == other.charAt(otherEnd - 1)) {
                end--;
                otherEnd--;
            }
            if (!other.contains(MARK) || start < after) {
                throw new TemplateRefusal(
                        "it renders earlier turns differently once another follows, so the answer has no exact span");
            }
            return new Span(opening(text, i, after, start), end);
        }

        /**
         * Behind as much of the generation prompt as the rendered turn has. The prompts of models that think end in {@code <think>}; a turn
         * without a thought does not have that part.
         */
        private int opening(String text, int i, int after, int start) {
            Text.Chat before = whole.withMessages(whole.messages().subList(0, i));
            String prompt = template.render(before, true);
            String generation = prompt.substring(shared(prompt, template.render(before, false)));
            for (int length = generation.length(); length > 0; length--) {
                int found = text.lastIndexOf(generation.substring(0, length), start - length);
                if (found >= after && start - (found + length) <= SCAFFOLD) {
                    return found + length;
                }
            }
            return start;
        }
    }

    /** A turn as rendered. @throws TemplateRefusal if what is trained on is not all there, but for white space */
    private static String complete(Message turn, String rendered) {
        if (turn.trained()) {
            String all = squeezed(rendered);
            if (!all.contains(squeezed(turn.content()))) {
                throw new TemplateRefusal("it leaves out part of an answer, such as thoughts between marks"
                        + " (a file with another template can be given by --chat-template)");
            }
            turn.reasoning().filter(thought -> !all.contains(squeezed(thought))).ifPresent(thought -> {
                throw new TemplateRefusal("it leaves out the reasoning of an answer that is trained on"
                        + " (a file with another template can be given by --chat-template)");
            });
        }
        return rendered;
    }

    private static String squeezed(String text) {
        return WHITE.matcher(text).replaceAll("");
    }

    private static long count(List<Message> turns) {
        return turns.stream().filter(turn -> turn.role() == Role.ASSISTANT).count();
    }

    private static int shared(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }
}
