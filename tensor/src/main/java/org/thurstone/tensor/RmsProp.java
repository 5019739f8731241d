package org.thurstone.tensor;

import java.util.List;
import java.util.Map;

/**
 * RMSProp: gradient descent scaled by the root of the gradient's running mean square: {@code v ← decay·v + (1 − decay)·g²}; {@code w ← w −
 * rate·g/(√v + epsilon)}. Half the state of {@link AdamW}; the DPO paper (arXiv:2305.18290) trains with it.
 */
public final class RmsProp implements Optimizer {

    private static final String SQUARE = "square";

    private final double decay;
    private final double epsilon;
    private final Slots slots;

    /**
     * Over parameters.
     *
     * @param decay memory of the mean square, in [0, 1); 0.99 is usual
     * @param epsilon added to the root, above 0; 1e-8 is usual
     */
    public RmsProp(List<Tensor> parameters, double decay, double epsilon) {
        AdamW.require(decay >= 0 && decay < 1, "decay", decay, "in [0, 1)");
        AdamW.require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "above 0");
        this.decay = decay;
        this.epsilon = epsilon;
        slots = new Slots(parameters, SQUARE);
    }

    @Override
    public void step(double learningRate) {
        AdamW.require(
                learningRate >= 0 && Double.isFinite(learningRate), "the learning rate", learningRate, "at least 0");
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            List<Slots.Active> active = slots.active();
            for (Slots.Active a : active) {
                Tensor square =
                        slots.get(a, SQUARE).mul_(decay).add_(a.gradient().square(), 1 - decay);
                a.weights().add_(a.gradient().div(square.sqrt().add(epsilon)), -learningRate);
            }
            slots.writeBack(active);
        }
    }

    @Override
    public Map<String, Tensor> state() {
        return slots.state();
    }

    @Override
    public void restore(Map<String, Tensor> state) {
        slots.restore(state);
    }

    @Override
    public void close() {
        slots.close();
    }
}
