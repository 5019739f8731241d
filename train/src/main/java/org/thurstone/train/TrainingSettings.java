package org.thurstone.train;

import java.util.OptionalInt;
import org.thurstone.recipe.Default;
import org.thurstone.tensor.LearningRate;

/**
 * How to train.
 *
 * @param epochs how often each example is seen
 * @param batchSize examples a step; the last batch of an epoch may be smaller and is averaged over its own size
 * @param learningRate at its peak
 * @param schedule its course from there
 * @param weightDecay share of a weight taken off per step and unit of learning rate, at least 0
 * @param clipNorm gradients are scaled down to this norm, above 0
 * @param tokensPerPass tokens, padding included, of a forward pass: a batch is cut into passes of this size, and an example that is
 *     larger goes by itself
 * @param seed of the order of examples
 * @param shuffle whether each epoch sees the examples in an order of its own; false keeps the file's order, for curricula
 * @param evaluateEvery steps from one evaluation to the next; empty for one an epoch
 */
public record TrainingSettings(
        @Default("1") int epochs,
        @Default("32") int batchSize,
        @Default("1e-4") double learningRate,

        @Default("{name: cosine, warmup: {share: {share: 0.1}}, floor: 0.1}")
        LearningRate schedule,

        @Default("0") double weightDecay,
        @Default("1") double clipNorm,
        @Default("8192") int tokensPerPass,
        @Default("0") long seed,
        @Default("true") boolean shuffle,
        OptionalInt evaluateEvery) {

    public TrainingSettings {
        atLeast("epochs", epochs, 1);
        atLeast("batch-size", batchSize, 1);
        atLeast("tokens-per-pass", tokensPerPass, 1);
        evaluateEvery.ifPresent(steps -> atLeast("evaluate-every", steps, 1));
        positive("learning-rate", learningRate);
        positive("clip-norm", clipNorm);
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weight-decay " + weightDecay + " is not a finite number of at least 0");
        }
    }

    /** The defaults, with these. */
    public static TrainingSettings of(int epochs, int batchSize, double learningRate, long seed) {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                new LearningRate.Cosine(new LearningRate.Warmup.Share(0.1), 0.1),
                0,
                1,
                8192,
                seed,
                true,
                OptionalInt.empty());
    }

    /** These, with another order of examples. */
    public TrainingSettings withSeed(long other) {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                schedule,
                weightDecay,
                clipNorm,
                tokensPerPass,
                other,
                shuffle,
                evaluateEvery);
    }

    public TrainingSettings withSchedule(LearningRate other) {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                other,
                weightDecay,
                clipNorm,
                tokensPerPass,
                seed,
                shuffle,
                evaluateEvery);
    }

    public TrainingSettings withTokensPerPass(int tokens) {
        return new TrainingSettings(
                epochs, batchSize, learningRate, schedule, weightDecay, clipNorm, tokens, seed, shuffle, evaluateEvery);
    }

    public TrainingSettings withClipNorm(double norm) {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                schedule,
                weightDecay,
                norm,
                tokensPerPass,
                seed,
                shuffle,
                evaluateEvery);
    }

    /** These, with every epoch in the order of the data. */
    public TrainingSettings inOrder() {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                schedule,
                weightDecay,
                clipNorm,
                tokensPerPass,
                seed,
                false,
                evaluateEvery);
    }

    public TrainingSettings withEvaluateEvery(int steps) {
        return new TrainingSettings(
                epochs,
                batchSize,
                learningRate,
                schedule,
                weightDecay,
                clipNorm,
                tokensPerPass,
                seed,
                shuffle,
                OptionalInt.of(steps));
    }

    private static void atLeast(String name, int value, int low) {
        if (value < low) {
            throw new IllegalArgumentException(name + " " + value + " is below " + low);
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number above 0");
        }
    }
}
