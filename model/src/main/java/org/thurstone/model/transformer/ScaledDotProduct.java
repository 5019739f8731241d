package org.thurstone.model.transformer;

import java.util.Optional;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;

/**
 * softmax(scale · query · keyᵀ) · value. On the CPU, bfloat16 goes through float32: libtorch's attention in bfloat16 is ten times slower
 * without MKL.
 */
final class ScaledDotProduct {

    private ScaledDotProduct() {}

    /** In which type keys and values are kept and compared. */
    static DType type(DType model, Device device) {
        return model == DType.BFLOAT16 && !device.cuda() ? DType.FLOAT32 : model;
    }

    /** Each token sees itself and all before it. Query (…, heads, n, width), key and value (…, key heads, n, width). */
    static Tensor causal(Tensor query, Tensor key, Tensor value, TransformerConfig.Attention kind) {
        DType type = type(query.type(), query.device());
        return Tensor.attention(query.to(type), key.to(type), value.to(type), Optional.empty(), true, kind.scale())
                .to(query.type());
    }

    /**
     * Query (…, key heads, q, width), key and value (…, key heads, k, width).
     *
     * @param mask (…, 1, q, k), true where seen; empty if everything is
     */
    static Tensor all(Tensor query, Tensor key, Tensor value, Optional<Tensor> mask, TransformerConfig.Attention kind) {
        DType type = type(query.type(), query.device());
        Tensor q = query.to(type);
        Tensor k = key.to(type);
        Tensor v = value.to(type);
        Tensor out = kind.softCap().isPresent()
                ? capped(q, k, v, mask, kind.scale(), kind.softCap().getAsDouble())
                : Tensor.attention(q, k, v, mask, false, kind.scale());
        return out.to(query.type());
    }

    private static Tensor capped(Tensor q, Tensor k, Tensor v, Optional<Tensor> mask, double scale, double cap) {
        Tensor scores = q.matmul(k.transpose(-1, -2)).mul(scale / cap).tanh().mul(cap);
        Tensor seen = mask.isPresent() ? scores.maskedFill(mask.get().not(), Double.NEGATIVE_INFINITY) : scores;
        return seen.softmax(-1).matmul(v);
    }
}
