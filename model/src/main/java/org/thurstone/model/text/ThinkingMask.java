package org.thurstone.model.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Leaves thoughts unscored: what stands between two marks in a completion is read and neither raised nor lowered, under policy and reference alike,
 * so that a model is free to think otherwise as long as the answer comes out. An opening mark without a closing one reaches to the end, its
 * end token included. With any
 * loss; PRefLexOR has it with EXO (β 0.5, label smoothing 0.005) after ORPO. arXiv:2410.12375.
 *
 * @param open what a thought begins with
 * @param close what it ends with
 * @param share in [0, 1]: of each thought's tokens, which are chosen at random, the same ones for the same text
 * @param marks whether the marks themselves are scored: those of a model that has to learn to set them
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
