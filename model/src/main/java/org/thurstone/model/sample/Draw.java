package org.thurstone.model.sample;

import java.util.List;
import org.thurstone.data.UserError;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Tensor;

/**
 * Draws one token per row of logits, in one native pass and with one transfer to the host.
 *
 * <p>A token is drawn by inverting the cumulative distribution, in double: the first token whose cumulative probability exceeds
 * the uniform number, by id where all tokens are there, by falling probability where a filter had to sort them.
 */
final class Draw {

    /**
     * @param tokens one per row
     * @param logProbs of these tokens, under the whole distribution at temperature 1
     */
    record Drawn(int[] tokens, float[] logProbs) {}

    private final Sampling sampling;

    Draw(Sampling sampling) {
        this.sampling = sampling;
    }

    /**
     * @param logits (rows, vocabulary)
     * @param uniforms one per row, in [0, 1)
     */
    Drawn from(Tensor logits, double[] uniforms) {
        Tensor logProbs = logits.logSoftmax(-1);
        Tensor ids = sampling.temperature() == 0
                ? logits.argmax(-1).unsqueeze(1)
                : draw(logits, Tensor.of(uniforms, uniforms.length, 1).to(logits.device()));
        Tensor both = Tensor.cat(
                List.of(ids.to(DType.FLOAT64), logProbs.gather(1, ids).to(DType.FLOAT64)), 1);
        double[] host = both.toDoubles();
        int[] tokens = new int[uniforms.length];
        float[] logs = new float[tokens.length];
        for (int row = 0; row < tokens.length; row++) {
            tokens[row] = (int) host[2 * row];
            logs[row] = (float) host[2 * row + 1];
            if (Float.isNaN(logs[row])) {
                throw new UserError("the model gives no distribution over tokens, but NaN or infinity: its weights are"
                        + " damaged, its training diverged, or they are too large for this --dtype");
            }
        }
        return new Drawn(tokens, logs);
    }

    /** (rows, 1): ids. */
    private Tensor draw(Tensor logits, Tensor uniforms) {
        // In float32, as Hugging Face filters; less the row's maximum, so that a tiny temperature does not overflow.
        // At temperature 1 the softmax itself does that.
        Tensor scaled = sampling.temperature() == 1
                ? logits
                : logits.sub(logits.max(-1, true)).div(sampling.temperature());
        boolean nucleus = sampling.topP().isPresent() && sampling.topP().getAsDouble() < 1;
        if (sampling.topK().isPresent()) {
            long k = Math.min(sampling.topK().getAsInt(), logits.size(-1));
            Tensor last = scaled.topK(k, -1).values().narrow(-1, k - 1, 1);
            scaled = scaled.maskedFill(scaled.lt(last), Double.NEGATIVE_INFINITY);
        }
        if (!nucleus) {
            return invert(relative(scaled.softmax(-1)), uniforms);
        }
        Tensor.Sorted sorted = scaled.softmax(-1).sort(-1, true);
        Tensor before =
                sorted.values().to(DType.FLOAT64).cumsum(-1).sub(sorted.values().to(DType.FLOAT64));
        Tensor kept = sorted.values().maskedFill(before.ge(sampling.topP().getAsDouble()), 0);
        return sorted.indices().gather(1, invert(relative(kept), uniforms));
    }

    /** Probabilities, without those that are too small relative to the greatest. */
    private Tensor relative(Tensor probabilities) {
        if (sampling.minP().isEmpty()) {
            return probabilities;
        }
        Tensor least = probabilities.max(-1, true).mul(sampling.minP().getAsDouble());
        return probabilities.maskedFill(probabilities.lt(least), 0);
    }

    /** (rows, 1): the first index whose cumulative weight exceeds the uniform part of the total; never one of weight 0. */
    private static Tensor invert(Tensor weights, Tensor uniforms) {
        Tensor cumulative = weights.to(DType.FLOAT64).cumsum(-1);
        Tensor total = cumulative.narrow(-1, cumulative.size(-1) - 1, 1);
        return cumulative.le(total.mul(uniforms)).sum(-1).unsqueeze(1);
    }
}
