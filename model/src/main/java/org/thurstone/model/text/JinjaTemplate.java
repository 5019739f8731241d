package org.thurstone.model.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.UserError;
import org.thurstone.model.text.jinja.Function;
import org.thurstone.model.text.jinja.JinjaException;
import org.thurstone.model.text.jinja.Template;
import tools.jackson.databind.JsonNode;

/** A chat template as models bring them: written in Jinja, run as Python's {@code transformers} runs it. */
final class JinjaTemplate implements ChatTemplate {

    private static final String ANSWER = "colourless green ideas";

    private final Template template;
    private final Map<String, Object> constants;
    private final boolean endsTurns;

    /**
     * @param constants what the template knows beside the conversation
     */
    JinjaTemplate(String source, Map<String, Object> constants) {
        this.template = Template.parse(source);
        this.constants = Map.copyOf(constants);
        this.endsTurns = looksEnded();
    }

    static Optional<JinjaTemplate> load(Path directory, Clock clock) {
        SpecialTokens specials = SpecialTokens.read(directory);
        Map<String, Object> constants = new HashMap<>();
        specials.bos().ifPresent(token -> constants.put("bos_token", token));
        specials.eos().ifPresent(token -> constants.put("eos_token", token));
        specials.pad().ifPresent(token -> constants.put("pad_token", token));
        constants.put("strftime_now", (Function) (positional, named) ->
                Strftime.format(String.valueOf(positional.getFirst()), ZonedDateTime.now(clock)));
        return source(directory).map(source -> {
            try {
                return new JinjaTemplate(source, constants);
            } catch (JinjaException e) {
                throw new UserError("cannot read the chat template of " + directory + ": " + e.getMessage(), e);
            }
        });
    }

    private static Optional<String> source(Path directory) {
        Path file = directory.resolve("chat_template.jinja");
        if (Files.exists(file)) {
            try {
                return Optional.of(Files.readString(file));
            } catch (IOException e) {
                throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        for (String name : List.of("tokenizer_config.json", "chat_template.json")) {
            JsonNode template = SpecialTokens.json(directory.resolve(name)).path("chat_template");
            if (template.isString()) {
                return Optional.of(template.stringValue());
            }
            if (template.isArray() && !template.isEmpty()) {
                JsonNode chosen = template.path(0);
                for (JsonNode one : template) {
                    chosen = one.path("name").asString("").equals("default") ? one : chosen;
                }
                return Optional.of(chosen.path("template").asString(""));
            }
        }
        return Optional.empty();
    }

    @Override
    public String render(List<Message> messages, boolean prompting) {
        List<Map<String, Object>> turns = new ArrayList<>();
        for (Message message : messages) {
            Map<String, Object> turn = new LinkedHashMap<>();
            turn.put("role", message.role().name().toLowerCase(Locale.ROOT));
            turn.put("content", message.content());
            turns.add(turn);
        }
        Map<String, Object> values = new HashMap<>(constants);
        values.put("messages", turns);
        values.put("add_generation_prompt", prompting);
        try {
            return template.renderWithNone(values, "tools", "documents");
        } catch (JinjaException e) {
            throw new TemplateRefusal(String.valueOf(e.getMessage()));
        }
    }

    /** Whether anything but white space follows an answer. */
    private boolean looksEnded() {
        try {
            String text = render(List.of(new Message(Role.USER, "?"), new Message(Role.ASSISTANT, ANSWER)), false);
            int at = text.lastIndexOf(ANSWER);
            return at < 0 || !text.substring(at + ANSWER.length()).isBlank();
        } catch (TemplateRefusal e) {
            return true;
        }
    }

    @Override
    public boolean endsTurns() {
        return endsTurns;
    }
}
