package org.thurstone.tensor;

import java.util.Map;

/**
 * An optimiser: updates trained parameters by their gradients. Parameters without a gradient are left alone, and so is their state.
 *
 * <p>Parameters in 16-bit types are moved as float32 copies and rounded back: a step of 1e-6 would vanish in bfloat16's eight bits. Those
 * copies are part of the state. Overwriting such a parameter by hand takes a new optimiser, or {@link #restore}.
 */
public sealed interface Optimizer extends AutoCloseable permits AdamW, Sgd, RmsProp {

    /** Takes one step at a learning rate. Gradients are kept; clear them afterwards. */
    void step(double learningRate);

    /**
     * What has to be saved in addition to the parameters for a bit-exact resume: tensors by {@code INDEX.NAME}, where the index is the
     * parameter's place in the list. They are the optimiser's own: write them before the next step.
     */
    Map<String, Tensor> state();

    /**
     * Restores a saved state by copying it, and replaces the present state.
     *
     * @throws IllegalArgumentException if a name or shape does not belong to these parameters; nothing is changed then
     */
    void restore(Map<String, Tensor> state);

    /** Frees the state. */
    @Override
    void close();
}
