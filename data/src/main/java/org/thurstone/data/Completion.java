package org.thurstone.data;

/**
 * What was answered: raw text after a raw prompt, assistant turns (possibly with tool turns between) after a conversation.
 *
 * @param finished whether it ends where its author ended it; an answer that was cut at a length is not followed by an end-of-text token,
 *     lest a model learn to stop there
 */
public record Completion(Text text, boolean finished) {

    /** A finished one. */
    public Completion(Text text) {
        this(text, true);
    }

    public static Completion raw(String text) {
        return new Completion(Text.raw(text));
    }
}
