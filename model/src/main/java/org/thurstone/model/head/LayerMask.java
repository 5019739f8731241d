package org.thurstone.model.head;

import java.util.random.RandomGenerator;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * A weight of at least 0 for each scored token, learned from the hidden states of all layers of a frozen policy at the token:
 * relu(Σ_l a_l · relu(w_l·ĥ_l + b_l)), ĥ_l layer l's state shifted and scaled to mean 0 and deviation 1. SparsePO's learnable mask
 * (arXiv:2410.05102) without its dropout. It starts near 1: b_l is 1, a_l one over the number of layers, w_l small.
 */
public final class LayerMask implements AutoCloseable {

    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";
    private static final String MIX = "mix";
    private static final double DEVIATION = 0.02;
    private static final double EPSILON = 1e-5;

    private final Parameters parameters = new Parameters();

    /** @param policy whose states it reads; not changed */
    public LayerMask(Policy policy, RandomGenerator random) {
        int layers = policy.layerCount();
        Tensor like = policy.parameters().all().values().iterator().next();
        DType type = like.type() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        int size = policy.stateSize(State.LAYERS);
        try (Scope scope = Scope.open()) {
            parameters.add(WEIGHT, Tensor.normal(random, DEVIATION, type, like.device(), layers, size), true);
            parameters.add(BIAS, Tensor.full(1, type, like.device(), layers), true);
            parameters.add(MIX, Tensor.full(1.0 / layers, type, like.device(), layers), true);
        }
    }

    public Parameters parameters() {
        return parameters;
    }

    /** The values of the mask on a pass of the frozen policy, with their backward pass. */
    public final class MaskValues {
        private final Tensor values;

        private MaskValues(Tensor layers) {
            Tensor mix = parameters.get(MIX);
            Tensor states = layers.to(mix.type());
            Tensor centred = states.sub(states.mean(-1).unsqueeze(-1));
            Tensor normed =
                    centred.div(centred.square().mean(-1).add(EPSILON).sqrt().unsqueeze(-1));
            try (Gradients on = Gradients.on()) {
                Tensor each = normed.mul(parameters.get(WEIGHT))
                        .sum(-1)
                        .add(parameters.get(BIAS))
                        .relu();
                this.values = each.mul(mix).sum(-1).relu();
            }
        }

        /** (scored tokens): detached from any graph. */
        public Tensor values() {
            return values.detach();
        }

        /**
         * Adds to the mask's gradients. Once per reading.
         *
         * @param gradient (scored tokens): d loss / d mask
         */
        public void backward(Tensor gradient) {
            values.backward(gradient.detach().to(values.type()).to(values.device()));
        }
    }

    /** Reads a pass that was asked for the states of all layers. */
    public MaskValues read(Forward forward) {
        return new MaskValues(forward.states(State.LAYERS).detach());
    }

    @Override
    public void close() {
        parameters.close();
    }
}
