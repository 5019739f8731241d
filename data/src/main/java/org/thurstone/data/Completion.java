package org.thurstone.data;

/**
 * A completion: raw text after a raw prompt, assistant turns (possibly with tool turns between) after a conversation, or {@link Content} of another
 * kind.
 *
 * @param finished whether it ends where its author ended it; an answer that was cut at a length is not followed by an end-of-text token, lest a model
 *     learn to stop there
 */
public record Completion(Content content, boolean finished) {

    /** A finished one. */
    public Completion(Content content) {
        this(content, true);
    }

    public static Completion raw(String text) {
        return new Completion(Text.raw(text));
    }

    /** Its text. @throws UserError if its content is something else */
    public Text text() {
        return Text.of(content, "text is needed here");
    }

    /** Whether it is text without a word. */
    public boolean isBlank() {
        return content instanceof Text text && text.plain().isBlank();
    }

    /** Whether nothing was answered: no character of text, no tool call, no reasoning. White space is an answer. */
    public boolean isEmpty() {
        return switch (content) {
            case Text.Raw(String text) -> text.isEmpty();
            case Text.Chat chat -> chat.messages().stream().allMatch(Message::isEmpty);
            default -> false;
        };
    }

    /** The key that distinguishes it from other completions of its prompt: its words, or its content if that is not text. */
    public Content bareContent() {
        return content instanceof Text text ? Text.raw(text.plain()) : content;
    }
}
