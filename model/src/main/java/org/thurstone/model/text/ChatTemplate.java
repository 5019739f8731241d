package org.thurstone.model.text;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/** The chat template of a model: the text of a conversation as the model was trained to read it. */
public interface ChatTemplate {

    /**
     * For models that were taught no format of their own: turns open with {@code Human:} and {@code Assistant:} after a blank line, as in the
     * HH-RLHF transcripts, and system and tool turns with {@code System:} and {@code Tool:}. Nothing marks the end of a turn;
     * {@link Encoding} ends the last one with EOS.
     */
    static ChatTemplate plain(Tokenizer tokenizer) {
        return new Plain(tokenizer.bosText());
    }

    /**
     * The model's own template: {@code chat_template.jinja}, or {@code chat_template} of {@code tokenizer_config.json} or
     * {@code chat_template.json}; of several named ones the default. Empty where there is none.
     *
     * @param clock today, for templates that tell the model the date
     */
    static Optional<ChatTemplate> load(Path directory, Clock clock) {
        return load(directory, TemplateChoice.OWN, clock);
    }

    /** The template of the choice, with the special tokens of the model. */
    static Optional<ChatTemplate> load(Path directory, TemplateChoice choice, Clock clock) {
        return JinjaTemplate.load(directory, choice, clock);
    }

    /**
     * The text of a conversation, special tokens spelled out.
     *
     * @param prompting whether the beginning of the assistant's next turn follows
     * @throws TemplateRefusal if the template does not take such a conversation (turns that do not alternate, a system turn)
     */
    String render(Text.Chat chat, boolean prompting);

    /** The text of turns without tools or other arguments. */
    default String render(List<Message> messages, boolean prompting) {
        return render(new Text.Chat(messages), prompting);
    }

    /**
     * What the assistant says in {@link #render} without a prompt, as the template marks it itself by {@code generation} blocks; empty where it
     * marks nothing.
     */
    default List<Span> generated(Text.Chat chat) {
        return List.of();
    }

    /** Whether the template does anything with a key of turns, such as {@code tool_calls}, or an argument, such as {@code tools}. */
    default boolean reads(String key) {
        return false;
    }

    /** Writes the template into a model directory, where it differs from what is there, so that {@link #load} finds it. */
    default void save(Path directory) {}

    /** Whether the template itself marks the end of the assistant's turn. */
    boolean endsTurns();

    /**
     * The token with which an answer of the assistant is closed, if it is one that a text spells as a whole: generation has to stop after it, whatever the
     * model's configuration says.
     */
    default OptionalInt turnEnd(Tokenizer tokenizer) {
        String answer = "colourless green ideas";
        String text;
        try {
            text = render(List.of(new Message(Role.USER, "?"), new Message(Role.ASSISTANT, answer)), false);
        } catch (TemplateRefusal e) {
            return OptionalInt.empty();
        }
        int at = text.lastIndexOf(answer);
        if (at < 0) {
            return OptionalInt.empty();
        }
        for (int token : tokenizer.encode(text.substring(at + answer.length()).strip(), false)) {
            if (tokenizer.matched(token)) {
                return OptionalInt.of(token);
            }
            if (!tokenizer.shown(token).isBlank()) {
                break;
            }
        }
        return OptionalInt.empty();
    }

    /** See {@link ChatTemplate#plain}. */
    record Plain(String bos) implements ChatTemplate {
        @Override
        public String render(Text.Chat chat, boolean prompting) {
            StringBuilder text = new StringBuilder(bos);
            for (Message message : chat.messages()) {
                text.append(head(message.role())).append(' ').append(message.content());
            }
            return prompting ? text.append(head(Role.ASSISTANT)).toString() : text.toString();
        }

        private static String head(Role role) {
            return "\n\n"
                    + switch (role) {
                        case SYSTEM -> "System";
                        case USER -> "Human";
                        case ASSISTANT -> "Assistant";
                        case TOOL -> "Tool";
                    }
                    + ":";
        }

        @Override
        public boolean endsTurns() {
            return false;
        }
    }
}
