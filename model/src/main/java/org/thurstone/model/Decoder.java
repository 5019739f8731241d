package org.thurstone.model;

/** Predicts next tokens: the part of a policy that sampling needs. */
public interface Decoder {

    /** The longest path, in tokens, that it can read. */
    int context();

    /**
     * A session of next-token prediction with {@code slots} sequences at a time.
     *
     * @param capacity the longest sequence, prompt included, that a slot will hold
     */
    Decoding decode(int slots, int capacity);
}
