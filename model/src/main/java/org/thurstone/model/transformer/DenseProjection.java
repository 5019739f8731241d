package org.thurstone.model.transformer;

import java.util.Optional;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/**
 * A linear map by a model's own weight, with an optional adapter. Both can be trained.
 *
 * @param weight (out, in), or (in, out) if transposed
 * @param products the type to multiply in; an adapter multiplies in its own
 */
record DenseProjection(
        Tensor weight, Optional<Tensor> bias, boolean transposed, Optional<Adapter> adapter, DType products)
        implements Projection {

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

        /** (out, in): what it adds to a weight. */
        Tensor change() {
            return up.matmul(down).mul(scale);
        }
    }

    static DenseProjection of(
            Parameters parameters, String name, boolean transposed, Optional<Adapter> adapter, DType products) {
        String bias = name + ".bias";
        return new DenseProjection(
                parameters.get(name + ".weight"),
                parameters.has(bias) ? Optional.of(parameters.get(bias)) : Optional.empty(),
                transposed,
                adapter,
                products);
    }

    @Override
    public Tensor apply(Tensor x) {
        Tensor w = oriented().to(products);
        Tensor rows = x.to(products);
        Tensor product = bias.isPresent() ? rows.linear(w, bias.get().to(products)) : rows.linear(w);
        Tensor y = product.to(x.type());
        return adapter.isPresent() ? y.add(adapter.get().apply(x)) : y;
    }

    private Tensor oriented() {
        return transposed ? weight.transpose(0, 1) : weight;
    }

    /** (out, in): the weight with its adapter worked in, in the type of the products and rounded once. */
    Tensor merged() {
        if (adapter.isEmpty()) {
            return oriented().to(products);
        }
        DType exact = weight.type() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        Adapter low = adapter.get();
        Adapter raised = new Adapter(low.down.to(exact), low.up.to(exact), low.scale);
        return oriented().to(exact).add(raised.change()).to(products);
    }
}
