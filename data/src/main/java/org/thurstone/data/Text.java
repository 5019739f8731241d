package org.thurstone.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was said: either raw text, which a model continues as it stands, or the turns of a conversation, which the model's chat
 * template renders. The two are kept apart because they are tokenised differently.
 */
public sealed interface Text {

    /** Text as it stands. */
    record Raw(String text) implements Text {
        @Override
        public String plain() {
            return text;
        }
    }

    /** The turns of a conversation, oldest first; never empty. */
    record Chat(List<Message> messages) implements Text {
        public Chat {
            messages = List.copyOf(messages);
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("a conversation needs at least one message");
            }
        }

        @Override
        public String plain() {
            return messages.stream().map(Message::content).collect(Collectors.joining("\n"));
        }
    }

    /** The words alone, for judges, lengths and people; turns are joined by line breaks. */
    String plain();

    static Text raw(String text) {
        return new Raw(text);
    }

    static Text chat(List<Message> messages) {
        return new Chat(messages);
    }

    /** A single turn of the assistant. */
    static Text answer(String content) {
        return new Chat(List.of(new Message(Role.ASSISTANT, content)));
    }
}
