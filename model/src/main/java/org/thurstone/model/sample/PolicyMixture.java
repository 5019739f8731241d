package org.thurstone.model.sample;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.model.Decoder;
import org.thurstone.model.Decoding;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * A product of policies, token by token: after each prefix, p(token) ∝ Π pᵢ(token)^weightᵢ. With weights in [0, 1] that sum to 1 it is the geometric
 * mixture of Nash-MD (arXiv:2312.00886); with weights 1 + β and −β, a policy pushed away from its reference, as in PILAF (arXiv:2502.04270).
 * Each prefix is normalised separately, so the result is not the tilt of whole completions; the papers sample it this way.
 *
 * @param parts at least one, of one vocabulary and tokenizer
 */
public record PolicyMixture(List<Part> parts) implements Decoder {

    /** Probabilities below e to this are not told apart: a forbidden token stays forbidden, whatever the signs of weights. */
    private static final double FLOOR = -1e4;

    /** A policy and its exponent, finite. */
    public record Part(Decoder policy, double weight) {
        public Part {
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("the weight " + weight + " of a policy is not a finite number");
            }
        }
    }

    public PolicyMixture {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a blend of no policies");
        }
    }

    /**
     * The geometric mixture policy^(1−share)·other^share.
     *
     * @param share in [0, 1]
     */
    public static Decoder mixture(Decoder policy, Decoder other, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share " + share + " is outside 0…1");
        }
        return share == 0 ? policy : share == 1 ? other : blend(policy, 1 - share, other, share);
    }

    /**
     * The policy moved along its own log-ratio to a reference: policy·(policy/reference)^by.
     *
     * @param by above 0 for more of what it learned, below 0 for less
     */
    public static Decoder tilted(Decoder policy, Decoder reference, double by) {
        return by == 0 ? policy : blend(policy, 1 + by, reference, -by);
    }

    private static PolicyMixture blend(Decoder a, double ofA, Decoder b, double ofB) {
        return new PolicyMixture(List.of(new Part(a, ofA), new Part(b, ofB)));
    }

    @Override
    public int context() {
        return parts.stream().mapToInt(p -> p.policy.context()).min().orElseThrow();
    }

    @Override
    public Decoding decode(int slots, int capacity) {
        List<Decoding> open = new ArrayList<>();
        try {
            parts.forEach(p -> open.add(p.policy.decode(slots, capacity)));
            return new MixtureDecoding(open);
        } catch (RuntimeException e) {
            open.forEach(Decoding::close);
            throw e;
        }
    }

    /** All of them read the same, each in its own cache. */
    private final class MixtureDecoding implements Decoding {
        private final List<Decoding> each;

        MixtureDecoding(List<Decoding> each) {
            this.each = each;
        }

        @Override
        public Tensor start(List<int[]> prompts, List<int[]> slots) {
            return joined(each.stream().map(d -> d.start(prompts, slots)).toList());
        }

        @Override
        public Tensor step(int[] slots, int[] tokens) {
            return joined(each.stream().map(d -> d.step(slots, tokens)).toList());
        }

        private Tensor joined(List<Tensor> logits) {
            try (Scope scope = Scope.open()) {
                Tensor sum = weighted(logits, 0);
                for (int i = 1; i < logits.size(); i++) {
                    Tensor next = weighted(logits, i);
                    if (next.size(-1) != sum.size(-1)) {
                        throw new IllegalArgumentException("policies of " + sum.size(-1) + " and " + next.size(-1)
                                + " tokens cannot be blended: they have to share a vocabulary");
                    }
                    sum = sum.add(next);
                }
                return scope.keep(sum);
            }
        }

        private Tensor weighted(List<Tensor> logits, int i) {
            return logits.get(i).logSoftmax(-1).clampMin(FLOOR).mul(parts.get(i).weight);
        }

        @Override
        public void grow(int capacity) {
            each.forEach(d -> d.grow(capacity));
        }

        @Override
        public void close() {
            each.forEach(Decoding::close);
        }
    }
}
