package org.thurstone.train.loss;

import java.util.Map;
import java.util.Optional;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TokenSignal;

/**
 * Completions of different lengths, one per row, with the log-probabilities of their scored tokens. Rows are padded on the right; what lies
 * outside the mask is 0 and never read.
 *
 * @param policy (n, T): log π(token | what precedes it) of the policy that is trained; the gradient flows through it
 * @param mask (n, T): 1 for a token, 0 for padding, in the type of {@code policy}
 * @param extras (n, T), or (n, T, size) of vectors, each: the signals that the loss asked for
 * @param meanLength mean number of tokens of a row over the whole batch, of which these rows may be a part
 */
public record Sequences(Tensor policy, Tensor mask, Map<TokenSignal, Tensor> extras, double meanLength) {

    public Sequences {
        if (policy.dim() != 2 || !java.util.Arrays.equals(policy.shape(), mask.shape())) {
            throw new IllegalArgumentException(
                    "log-probabilities " + policy + " and their mask " + mask + " are not two matrices of one shape");
        }
        extras = Map.copyOf(extras);
    }

    /** A whole batch with a reference. */
    public static Sequences of(Tensor policy, Tensor reference, Tensor mask) {
        return new Sequences(policy, mask, Map.of(FrozenLogProbs.REFERENCE, reference), meanLength(mask));
    }

    /** A whole batch without a reference. */
    public static Sequences of(Tensor policy, Tensor mask) {
        return new Sequences(policy, mask, Map.of(), meanLength(mask));
    }

    /** The number of rows. */
    public long count() {
        return policy.size(0);
    }

    /** (n, T): the reference's log-probabilities. */
    public Tensor reference() {
        return extra(FrozenLogProbs.REFERENCE);
    }

    /** (n, T), or (n, T, size): a signal that the loss asked for. */
    public Tensor extra(TokenSignal signal) {
        Tensor extra = extras.get(signal);
        if (extra == null) {
            throw new IllegalArgumentException("this batch comes without " + signal.words());
        }
        return extra;
    }

    /** The same of a signal that the loss can do without. */
    public Optional<Tensor> given(TokenSignal signal) {
        return Optional.ofNullable(extras.get(signal));
    }

    /** (n): scored tokens of each row, at least 1 so that one can divide by it. */
    public Tensor lengths() {
        return mask.sum(1).clampMin(1);
    }

    /** (n): Σ log π over the tokens. */
    public Tensor sum() {
        return policy.mul(mask).sum(1);
    }

    /** (n): mean of log π over the tokens. */
    public Tensor mean() {
        return sum().div(lengths());
    }

    /** (n): Σ (log π − log π_ref) over the tokens. */
    public Tensor logRatio() {
        return policy.sub(reference()).mul(mask).sum(1);
    }

    /** (n): Σ of some (n, T) over the tokens. */
    public Tensor sumOf(Tensor values) {
        return values.mul(mask).sum(1);
    }

    /**
     * The value at each row's last token, from values of shape (n, T).
     *
     * @return (n)
     */
    public Tensor last(Tensor values) {
        Tensor at = lengths().sub(1).to(DType.INT64).unsqueeze(1);
        return values.gather(1, at).squeeze(1);
    }

    /** A column of n times the same value. */
    public Tensor constant(double value) {
        return Tensor.full(value, policy.type(), policy.device(), count());
    }

    private static double meanLength(Tensor mask) {
        return mask.to(DType.FLOAT64).sum().item() / Math.max(1, mask.size(0));
    }
}
