package org.thurstone.model.text;

import java.util.BitSet;

/** A mask of assistant tokens that are not scored. Prompts and other turns are never scored. */
public interface Mask {

    /**
     * The tokens that are left unscored.
     *
     * @param tokens of one completion, in order
     */
    BitSet of(int[] tokens, Tokenizer tokenizer);
}
