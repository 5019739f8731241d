package org.thurstone.tensor;

import java.util.List;
import java.util.Map;

/**
 * Gradient descent, with momentum if asked for: {@code b ← momentum·b + g}, b being g at first; {@code w ← w − rate·b}. Without momentum it
 * has no state for 32-bit parameters.
 */
public final class Sgd implements Optimizer {

    private static final String VELOCITY = "velocity";

    private final double momentum;
    private final Slots slots;

    /**
     * Over parameters.
     *
     * @param momentum in [0, 1); 0 is plain descent
     */
    public Sgd(List<Tensor> parameters, double momentum) {
        AdamW.require(momentum >= 0 && momentum < 1, "momentum", momentum, "in [0, 1)");
        this.momentum = momentum;
        slots = new Slots(parameters, VELOCITY);
    }

    @Override
    public void step(double learningRate) {
        AdamW.require(
                learningRate >= 0 && Double.isFinite(learningRate), "the learning rate", learningRate, "at least 0");
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            List<Slots.Active> active = slots.active();
            for (Slots.Active a : active) {
                // From zeros, momentum·b + g is g.
                Tensor direction = momentum == 0
                        ? a.gradient()
                        : slots.get(a, VELOCITY).mul_(momentum).add_(a.gradient());
                a.weights().add_(direction, -learningRate);
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
