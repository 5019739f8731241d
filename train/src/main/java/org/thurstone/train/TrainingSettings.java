package org.thurstone.train;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.thurstone.recipe.Default;

/**
 * Training settings.
 *
 * @param epochs how often each example is seen
 * @param batchSize examples per step; the last batch of an epoch may be smaller and is averaged over its own size
 * @param learningRate peak learning rate; {@code train} and {@code run} choose a default by the loss, and by whether an adapter is trained
 * @param schedule learning-rate schedule, relative to the peak
 * @param weightDecay weight decay as in AdamW, at least 0: each step subtracts learning rate · weight decay · weight
 * @param clipNorm maximum norm of the gradient, above 0; larger gradients are scaled down
 * @param tokensPerPass tokens, padding included, of a forward pass: a batch is cut into passes of this size, and an example that is
 *     larger goes on its own
 * @param seed random seed of the order of examples
 * @param shuffle whether each epoch sees the examples in an order of its own; false keeps the file's order, for curricula
 * @param evaluateEvery steps between evaluations; empty for one per epoch
 * @param lossLimit limit above which training stops because the loss diverged; training on data has {@link LossLimit#DEFAULT}; online methods, whose
 *     losses need not decrease, have none
 */
public record TrainingSettings(
        @Default("1") int epochs,
        @Default("32") int batchSize,
        @Default("1e-4") double learningRate,

        @Default("cosine") LearningRate schedule,

        @Default("0") double weightDecay,
        @Default("1") double clipNorm,
        @Default("8192") int tokensPerPass,
        @Default("0") long seed,
        @Default("true") boolean shuffle,
        OptionalInt evaluateEvery,
        Optional<LossLimit> lossLimit) {

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
                OptionalInt.empty(),
                Optional.empty());
    }

    /** The same, with the default limit of the loss if there is none. */
    public TrainingSettings withLossLimit() {
        return lossLimit.isPresent() ? this : with(s -> s.lossLimit = Optional.of(LossLimit.DEFAULT));
    }

    /** The same with some of it changed: {@code settings.with(s -> s.clipNorm = 5)}. */
    public TrainingSettings with(Consumer<Draft> changes) {
        Draft draft = new Draft(this);
        changes.accept(draft);
        return draft.settings();
    }

    /** The same with another random seed. */
    public TrainingSettings withSeed(long other) {
        return with(s -> s.seed = other);
    }

    /** Settings on their way to being others. */
    public static final class Draft {
        public int epochs;
        public int batchSize;
        public double learningRate;
        public LearningRate schedule;
        public double weightDecay;
        public double clipNorm;
        public int tokensPerPass;
        public long seed;
        public boolean shuffle;
        public OptionalInt evaluateEvery;
        public Optional<LossLimit> lossLimit;

        private Draft(TrainingSettings from) {
            epochs = from.epochs;
            batchSize = from.batchSize;
            learningRate = from.learningRate;
            schedule = from.schedule;
            weightDecay = from.weightDecay;
            clipNorm = from.clipNorm;
            tokensPerPass = from.tokensPerPass;
            seed = from.seed;
            shuffle = from.shuffle;
            evaluateEvery = from.evaluateEvery;
            lossLimit = from.lossLimit;
        }

        private TrainingSettings settings() {
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
                    evaluateEvery,
                    lossLimit);
        }
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
