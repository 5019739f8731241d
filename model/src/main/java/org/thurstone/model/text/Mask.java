package org.thurstone.model.text;

import java.util.BitSet;

/** What of a completion is not scored although the model said it; prompts and what others said never are. */
public interface Mask {

    /**
     * The tokens that are left unscored.
     *
     * @param tokens of one completion, in order
     */
    BitSet of(int[] tokens, Tokenizer tokenizer);
}
