package org.thurstone.model.sample;

/** Converts tokens to text, as {@link org.thurstone.model.text.Tokenizer#continuation} does. */
@FunctionalInterface
public interface Detokenizer {

    /** A detokenizer for policies whose tokens have no text. */
    Detokenizer NONE = (prompt, answer) -> "";

    /** The text that the answer adds to its prompt. */
    String of(int[] prompt, int[] answer);
}
