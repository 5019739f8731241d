package org.thurstone.model.transformer;

import java.util.Optional;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/** A normalisation of the last dimension. */
record Norm(TransformerConfig.NormKind kind, Tensor weight, Optional<Tensor> bias, double epsilon) {

    static Norm of(Parameters parameters, String name, TransformerConfig config) {
        String bias = name + ".bias";
        return new Norm(
                config.norm(),
                parameters.get(name + ".weight"),
                parameters.has(bias) ? Optional.of(parameters.get(bias)) : Optional.empty(),
                config.normEpsilon());
    }

    Tensor apply(Tensor x) {
        return switch (kind) {
            case RMS -> x.rmsNorm(weight.to(x.type()), epsilon);
            case RMS_ONE_PLUS -> onePlus(x);
            case LAYER -> x.layerNorm(weight.to(x.type()), bias.orElseThrow().to(x.type()), epsilon);
        };
    }

    /** In float32 where the model is in less: 1 + weight would lose what a small weight says. */
    private Tensor onePlus(Tensor x) {
        DType type = x.type();
        DType exact = type == DType.FLOAT64 ? type : DType.FLOAT32;
        return x.to(exact).rmsNorm(weight.to(exact).add(1), epsilon).to(type);
    }
}
