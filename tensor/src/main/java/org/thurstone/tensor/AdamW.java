package org.thurstone.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.IValue;

/**
 * Adam with decoupled weight decay (arXiv:1711.05101), all parameters in one fused call. At step t, with gradient g,
 *
 * <pre>{@code
 * w ← w − rate·decay·w
 * m ← beta1·m + (1 − beta1)·g         v ← beta2·v + (1 − beta2)·g²
 * w ← w − rate · m/(1 − beta1ᵗ) / (√(v/(1 − beta2ᵗ)) + epsilon)
 * }</pre>
 *
 * <p>Each parameter counts its own steps t, those in which it had a gradient.
 */
public final class AdamW implements Optimizer {

    private static final String MEAN = "mean";
    private static final String SQUARE = "square";
    private static final String STEPS = "steps";

    private static final class Holder {
        static final Boxed FUSED = Boxed.operator("aten::_fused_adamw_", "");
    }

    /**
     * The hyper-parameters.
     *
     * @param beta1 memory of the gradient's mean, in [0, 1)
     * @param beta2 memory of its square's mean, in [0, 1)
     * @param epsilon added to the root, above 0
     * @param weightDecay share of a weight that is taken off per step and unit of learning rate, at least 0
     * @param decayVectors whether parameters with one dimension (biases, norms) decay, too; they usually do not
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay, boolean decayVectors) {

        public static final Settings DEFAULT = new Settings(0.9, 0.999, 1e-8, 0, false);

        public Settings {
            require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
            require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
            require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "above 0");
            require(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay, "at least 0");
        }
    }

    static void require(boolean holds, String name, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
        }
    }

    private final Settings settings;
    private final Slots slots;

    public AdamW(List<Tensor> parameters, Settings settings) {
        this.settings = settings;
        slots = new Slots(parameters, MEAN, SQUARE, STEPS);
    }

    @Override
    public void step(double learningRate) {
        require(learningRate >= 0 && Double.isFinite(learningRate), "the learning rate", learningRate, "at least 0");
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            List<Slots.Active> active = slots.active();
            List<Slots.Active> decaying = new ArrayList<>();
            List<Slots.Active> steady = new ArrayList<>();
            for (Slots.Active a : active) {
                slots.get(a, STEPS).add_(1);
                (settings.decayVectors || a.weights().dim() > 1 ? decaying : steady).add(a);
            }
            fused(decaying, learningRate, settings.weightDecay);
            fused(steady, learningRate, 0);
            slots.writeBack(active);
        }
    }

    /** The kernel needs one element type and device a call. */
    private void fused(List<Slots.Active> group, double learningRate, double decay) {
        record Kind(DType type, Device device) {}
        group.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        a -> new Kind(a.weights().type(), a.weights().device())))
                .values()
                .forEach(same -> Holder.FUSED.call(
                        Boxed.list(same.stream().map(Slots.Active::weights).toList()),
                        Boxed.list(same.stream().map(Slots.Active::gradient).toList()),
                        Boxed.list(same.stream().map(a -> slots.get(a, MEAN)).toList()),
                        Boxed.list(same.stream().map(a -> slots.get(a, SQUARE)).toList()),
                        Boxed.list(List.of()),
                        Boxed.list(same.stream().map(a -> slots.get(a, STEPS)).toList()),
                        new IValue(learningRate),
                        new IValue(settings.beta1),
                        new IValue(settings.beta2),
                        new IValue(decay),
                        new IValue(settings.epsilon),
                        new IValue(false), // amsgrad
                        new IValue(false), // maximize
                        new IValue(), // grad_scale
                        new IValue())); // found_inf
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
