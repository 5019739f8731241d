package org.thurstone.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.recipe.Method;
import org.thurstone.recipe.NamedPart;

/**
 * Text: either raw text, which a model continues without a template, or the turns of a conversation, which the model's chat template renders. The two
 * are kept apart because they are tokenised differently.
 */
public sealed interface Text extends Content {

    /** The maximum number of characters of other content that a message quotes. */
    int QUOTED = 80;

    /** Text as it stands. */
    @Method(name = "text", kind = "content", summary = "text as it stands; in JSON a string")
    record Raw(String text) implements Text {
        @Override
        public String plain() {
            return text;
        }
    }

    /**
     * The turns of a conversation, oldest first; never empty.
     *
     * @param arguments what the chat template receives besides the turns: {@code tools}, {@code documents}, and what a template itself
     *     asks for, such as {@code enable_thinking}; values as in {@link Message#details}
     */
    @Method(name = "chat", kind = "content", summary = "the turns of a conversation; in JSON a list of {role, content}")
    record Chat(List<Message> messages, Map<String, Object> arguments) implements Text {
        public Chat {
            messages = List.copyOf(messages);
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("a conversation needs at least one message");
            }
        }

        /** Without tools or other arguments. */
        public Chat(List<Message> messages) {
            this(messages, Map.of());
        }

        /** The conversation with more turns behind it. */
        public Chat followedBy(List<Message> more) {
            return withMessages(Stream.concat(messages.stream(), more.stream()).toList());
        }

        /** Other turns with the same arguments. */
        public Chat withMessages(List<Message> others) {
            return new Chat(others, arguments);
        }

        @Override
        public String plain() {
            return messages.stream().map(Message::plain).collect(Collectors.joining("\n"));
        }
    }

    /** The words alone, for judges, lengths and people; turns are joined by line breaks. */
    String plain();

    @Override
    default Optional<String> summary() {
        return Optional.of(plain());
    }

    /**
     * Content that is text.
     *
     * @param reader what can read nothing else, as the beginning of a sentence: {@code the tokenizer reads text}
     * @throws UserError naming the reader and the content, if it is something else
     */
    static Text of(Content content, String reader) {
        if (content instanceof Text text) {
            return text;
        }
        String shown = content.summary().orElseGet(content::toString);
        throw new UserError("%s, and this is the %s %s"
                .formatted(
                        reader,
                        NamedPart.name(content.getClass()),
                        shown.length() <= QUOTED ? shown : shown.substring(0, QUOTED - 1) + "…"));
    }

    static Text raw(String text) {
        return new Raw(text);
    }

    static Text chat(List<Message> messages) {
        return new Chat(messages);
    }

    /** A conversation whose template receives arguments besides the turns. */
    static Text chat(List<Message> messages, Map<String, Object> arguments) {
        return new Chat(messages, arguments);
    }

    /** A single turn of the assistant. */
    static Text answer(String content) {
        return new Chat(List.of(new Message(Role.ASSISTANT, content)));
    }
}
