package org.thurstone.model.transformer;

import java.util.Optional;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/**
 * A linear map with an optional adapter.
 *
 * @param weight (out, in), or (in, out) if transposed
 */
record Projection(Tensor weight, Optional<Tensor> bias, boolean transposed, Optional<Adapter> adapter) {

    /**
     * A low-rank addition (LoRA, arXiv:2106.09685): scale · up · down.
     *
     * @param down (rank, in)
     * @param up (out, rank)
     */
    record Adapter(Tensor down, Tensor up, double scale) {
        Tensor apply(Tensor x) {
            return x.linear(down).linear(up).mul(scale);
        }
    }

    static Projection of(Parameters parameters, String name, boolean transposed, Optional<Adapter> adapter) {
        String bias = name + ".bias";
        return new Projection(
                parameters.get(name + ".weight"),
                parameters.has(bias) ? Optional.of(parameters.get(bias)) : Optional.empty(),
                transposed,
                adapter);
    }

    /** (tokens, in) to (tokens, out). */
    Tensor apply(Tensor x) {
        Tensor w = transposed ? weight.transpose(0, 1) : weight;
        Tensor y = bias.isPresent() ? x.linear(w, bias.get()) : x.linear(w);
        return adapter.isPresent() ? y.add(adapter.get().apply(x)) : y;
    }
}
