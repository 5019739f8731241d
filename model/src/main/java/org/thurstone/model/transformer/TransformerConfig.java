package org.thurstone.model.transformer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.thurstone.model.files.ModelTexts;

/**
 * The architecture of a decoder. It is read from a checkpoint's config.json, which it keeps: what a family's own software needs to know beyond
 * this is handed on unread.
 *
 * @param vocabulary different tokens, as many as the embedding has rows
 * @param context the longest path, in tokens
 * @param width of the residual stream
 * @param inner width of the feed-forward part
 * @param keyHeads heads of keys and values; each serves {@code heads / keyHeads} query heads
 * @param layers what each layer's attention looks at
 * @param parallel whether attention and feed-forward part read the same input, side by side
 * @param tied whether the output matrix is the embedding
 * @param transposed whether projections are stored (in, out)
 * @param headsInterleaved whether a joint query-key-value matrix goes head by head (q k v, q k v, …) and not all queries first
 * @param embeddingScale multiplies the token embedding
 * @param logitCap c of the final c · tanh(logits / c)
 * @param names how the checkpoint calls the weights
 * @param source the config.json itself, and where it was
 */
public record TransformerConfig(
        int vocabulary,
        int context,
        int width,
        int inner,
        int heads,
        int keyHeads,
        int headWidth,
        List<Attention> layers,
        NormKind norm,
        double normEpsilon,
        Activation activation,
        boolean parallel,
        boolean tied,
        boolean transposed,
        boolean headsInterleaved,
        double embeddingScale,
        OptionalDouble logitCap,
        Names names,
        Source source) {

    /**
     * @param json the text of config.json
     * @param texts of the model that it was read from, from where the tokenizer's files are copied when the model is saved
     */
    public record Source(String json, Optional<ModelTexts> texts) {}

    public enum NormKind {
        /** Root mean square, times weight. */
        RMS,
        /** Root mean square, times 1 + weight (Gemma). */
        RMS_ONE_PLUS,
        /** Mean and variance, times weight, plus bias. */
        LAYER
    }

    public enum Activation {
        SILU,
        GELU,
        GELU_TANH,
        RELU
    }

    /**
     * @param window how many positions back a token sees, itself included; empty for all
     * @param rotary empty where positions are learned
     * @param scale of the dot products
     * @param softCap c of c · tanh(scores / c)
     */
    public record Attention(OptionalInt window, Optional<Rotary> rotary, double scale, OptionalDouble softCap) {}

    public TransformerConfig {
        layers = List.copyOf(layers);
        if (heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    heads + " attention heads cannot share " + keyHeads + " key-value heads evenly");
        }
    }

    int groups() {
        return heads / keyHeads;
    }
}
