package org.thurstone.model.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Masks thoughts: tokens between two marks in a completion are context and are not trained on, for policy and reference alike, so that a model may
 * think differently as long as the answer is the same. An opening mark without a closing one masks everything to the end, including the end-of-text
 * token. Works with any loss; PRefLexOR uses it with EXO (β 0.5, label smoothing 0.005) after ORPO. arXiv:2410.12375.
 *
 * @param open mark at the beginning of a thought
 * @param close mark at its end
 * @param share in [0, 1]: share of each thought's tokens that is masked, at random but always the same for the same text
 * @param marks whether the marks are trained on, for models that have to learn to produce them
 */
@Method(
        name = "thinking",
        kind = "mask",
        papers = "2410.12375",
        source = "arXiv:2410.12375",
        summary = "tokens between two thinking marks are masked")
public record ThinkingMask(
        @Default("<|thinking|>") String open,
        @Default("<|/thinking|>") String close,
        @Default("1") double share,
        @Default("false") boolean marks)
        implements Mask {

    public ThinkingMask {
        if (open.isBlank() || close.isBlank()) {
            throw new IllegalArgumentException("open and close are the marks of a thought; they cannot be empty");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share " + share + " is outside 0…1");
        }
    }

    /** A token that is partly a mark counts as the mark. */
    @Override
    public BitSet of(int[] tokens, Tokenizer tokenizer) {
        StringBuilder text = new StringBuilder();
        int[] starts = new int[tokens.length + 1];
        for (int i = 0; i < tokens.length; i++) {
            text.append(spelling(tokens[i], tokenizer));
            starts[i + 1] = text.length();
        }
        BitSet masked = new BitSet();
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(tokens));
        int from = text.indexOf(open);
        while (from >= 0) {
            int inner = from + open.length();
            int closed = text.indexOf(close, inner);
            int outer = closed < 0 ? text.length() : closed + close.length();
            int until = closed < 0 ? text.length() : closed;
            for (int i = 0; i < tokens.length; i++) {
                boolean mark = overlap(starts, i, from, inner) || (closed >= 0 && overlap(starts, i, closed, outer));
                boolean within = overlap(starts, i, inner, until) || (closed < 0 && starts[i] >= inner);
                boolean thought = !mark && within;
                if ((mark && !marks) || (thought && random.nextDouble() < share)) {
                    masked.set(i);
                }
            }
            from = text.indexOf(open, outer);
        }
        return masked;
    }

    /** Special tokens have no text, but a mark may be one. */
    private String spelling(int token, Tokenizer tokenizer) {
        for (String mark : List.of(open, close)) {
            OptionalInt id = tokenizer.id(mark);
            if (id.isPresent() && id.getAsInt() == token) {
                return mark;
            }
        }
        return tokenizer.decode(new int[] {token});
    }

    private static boolean overlap(int[] starts, int token, int from, int until) {
        return starts[token] < until && starts[token + 1] > from;
    }
}
