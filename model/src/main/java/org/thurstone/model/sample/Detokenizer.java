package org.thurstone.model.sample;

/** How tokens read, as {@link org.thurstone.model.text.Tokenizer#continuation} has it. */
@FunctionalInterface
public interface Detokenizer {

    /** For policies whose tokens stand for nothing but themselves. */
    Detokenizer NONE = (prompt, answer) -> "";

    /** The text that the answer adds to its prompt. */
    String of(int[] prompt, int[] answer);
}
