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

    @Override
    void close();
}
