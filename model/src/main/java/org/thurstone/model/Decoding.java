package org.thurstone.model;

import java.util.List;
import org.thurstone.tensor.Tensor;

/**
 * Next-token prediction for several sequences at a time, each in a slot with its own cache. A slot is reused by starting it again.
 */
public interface Decoding extends AutoCloseable {

    /**
     * Reads prompts, each once, into the slots that will continue it.
     *
     * @param prompts tokens of each prompt, at least one
     * @param slots for each prompt the slots that start from it; what they held is forgotten
     * @return (prompts, vocabulary): logits of the token after each prompt, in float32
     */
    Tensor start(List<int[]> prompts, List<int[]> slots);

    /**
     * Appends one token to each of the given slots.
     *
     * @return (slots given, vocabulary): logits of the token after it, in float32
     */
    Tensor step(int[] slots, int[] tokens);

    /**
     * Makes room for longer sequences. What the slots hold stays, and what they are continued with does not change.
     *
     * @param capacity the longest sequence, prompt included, that a slot will hold; at most the model's context. Where there is that much room
     *     already, nothing happens.
     */
    void grow(int capacity);

    @Override
    void close();
}
