package org.thurstone.train.loss;

import java.util.Arrays;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/**
 * Pairs of completions.
 *
 * @param chosen the ones that are more probably better, n rows
 * @param rejected the others, n rows
 * @param probability (n): that the chosen one is better: 1 is a hard label, ½ a tie
 * @param weight (n): how much each pair counts; the trainer multiplies by it, a loss reads it only to refuse
 * @param margin (n): how much better the better one is, in the units of the annotator; 0 where unknown
 * @param context which pairs these are
 */
public record PairBatch(
        Sequences chosen, Sequences rejected, Tensor probability, Tensor weight, Tensor margin, Context context)
        implements Batch {

    public PairBatch {
        if (chosen.count() != rejected.count()
                || probability.count() != chosen.count()
                || weight.count() != chosen.count()
                || margin.count() != chosen.count()) {
            throw new IllegalArgumentException("pairs of " + chosen.count() + " chosen, " + rejected.count()
                    + " rejected, " + probability.count() + " probabilities, " + weight.count() + " weights and "
                    + margin.count() + " margins");
        }
    }

    /** Hard labels, weight 1, no margins, outside of any training. */
    public static PairBatch of(Sequences chosen, Sequences rejected) {
        return new PairBatch(
                chosen,
                rejected,
                chosen.constant(1),
                chosen.constant(1),
                chosen.constant(0),
                Context.alone(chosen.count()));
    }

    public PairBatch withProbability(Tensor newProbability) {
        return new PairBatch(chosen, rejected, newProbability, weight, margin, context);
    }

    public PairBatch withMargin(Tensor newMargin) {
        return new PairBatch(chosen, rejected, probability, weight, newMargin, context);
    }

    public PairBatch withWeight(Tensor newWeight) {
        return new PairBatch(chosen, rejected, probability, newWeight, margin, context);
    }

    public PairBatch withContext(Context newContext) {
        return new PairBatch(chosen, rejected, probability, weight, margin, newContext);
    }

    /** The same pairs told the other way round. The margin stays: it is that of the better one, whichever it is. */
    public PairBatch swapped() {
        return new PairBatch(rejected, chosen, probability.neg().add(1), weight, margin, context);
    }

    /** Whether every label is hard: the chosen one is better for certain. */
    public boolean certain() {
        return Arrays.stream(probability.toDoubles()).allMatch(p -> p == 1);
    }

    /** (n): p · yes + (1 − p) · no. */
    public Tensor expected(Tensor yes, Tensor no) {
        return probability.mul(yes).add(probability.neg().add(1).mul(no));
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.PAIR;
    }

    @Override
    public long count() {
        return chosen.count();
    }
}
