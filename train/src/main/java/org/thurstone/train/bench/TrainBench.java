package org.thurstone.train.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.bench.RandomModel;
import org.thurstone.statistics.Quantiles;
import org.thurstone.tensor.Memory;
import org.thurstone.tensor.Torch;
import org.thurstone.train.LearningRate;
import org.thurstone.train.LossTerm;
import org.thurstone.train.StepMetrics;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.TrainingObserver;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Times training steps in the order of the data, at a constant learning rate with AdamW. The first step, which allocates memory that later
 * steps reuse, is not counted.
 *
 * @param batch examples per step
 * @param steps at least 2
 * @param learningRate of all steps
 */
public record TrainBench(Loss loss, int batch, int steps, double learningRate) {

    /**
     * @param medianStepSeconds of a step, optimiser included
     * @param referenceSeconds a step's share of the reference's log-probabilities, which are computed once for all epochs; 0 without a reference
     * @param pathTokensPerStep prompts and completions, a prompt counted for each of its completions: what a trainer that shares no prompts reads
     * @param losses of each step, before it
     * @param peakBytes the most memory that the process ever had
     */
    public record Figures(
            int batch,
            int steps,
            int threads,
            double medianStepSeconds,
            double bestStepSeconds,
            double referenceSeconds,
            long pathTokensPerStep,
            double pathTokensPerSecond,
            List<Double> losses,
            long peakBytes) {}

    public TrainBench {
        if (batch < 1 || steps < 2) {
            throw new IllegalArgumentException("a batch has at least one example, and there are at least two steps");
        }
    }

    /** Random pairs: prompts of 64 … 320 tokens, completions of 16 … 128. */
    public List<TrainingExample> pairs(int vocabulary, RandomGenerator random) {
        List<TrainingExample> pairs = new ArrayList<>();
        for (int i = 0; i < batch * steps; i++) {
            pairs.add(TrainingPair.of(
                    Integer.toString(i),
                    TokenTree.of(
                            RandomModel.tokens(random.nextInt(64, 321), vocabulary, random),
                            RandomModel.tokens(random.nextInt(16, 129), vocabulary, random),
                            RandomModel.tokens(random.nextInt(16, 129), vocabulary, random))));
        }
        return pairs;
    }

    /** @param data at least {@code batch · steps} examples, of which the first are taken */
    public Figures run(Policy policy, List<? extends TrainingExample> data) {
        if (data.size() < batch * steps) {
            throw new IllegalArgumentException(steps + " steps of " + batch + " need " + batch * steps
                    + " examples, and there are " + data.size());
        }
        List<? extends TrainingExample> taken = data.subList(0, batch * steps);
        TrainingSettings settings = TrainingSettings.of(1, batch, learningRate, 0)
                .with(s -> {
                    s.schedule = new LearningRate.Constant(new LearningRate.Warmup.Steps(0));
                    s.shuffle = false;
                });
        long begin = System.nanoTime();
        boolean referenced = loss.signals().contains(FrozenLogProbs.REFERENCE);
        TrainingInputs inputs = referenced
                ? TrainingInputs.reference(FrozenLogProbs.compute(
                        policy, "start", LossTerm.toFreeze(loss, taken), settings.tokensPerPass()))
                : TrainingInputs.NONE;
        double reference = referenced ? (System.nanoTime() - begin) * 1e-9 / steps : 0;
        List<StepMetrics> made = new ArrayList<>();
        Trainer.train(policy, new LossTerm(loss, taken, inputs), settings, new TrainingObserver() {
            @Override
            public void step(StepMetrics metrics) {
                made.add(metrics);
            }
        });
        double[] seconds =
                made.stream().skip(1).mapToDouble(StepMetrics::seconds).toArray();
        double median = Quantiles.median(seconds);
        long tokens = taken.stream().mapToLong(TrainBench::pathTokens).sum() / steps;
        return new Figures(
                batch,
                steps,
                Torch.threads(),
                median,
                Arrays.stream(seconds).min().orElseThrow(),
                reference,
                tokens,
                tokens / median,
                made.stream().map(StepMetrics::loss).toList(),
                Memory.resident().map(Memory::peak).orElse(0L));
    }

    private static long pathTokens(TrainingExample example) {
        long sum = 0;
        for (TokenTree tree : example.trees()) {
            for (int leaf : tree.leaves()) {
                for (int at = leaf; at >= 0; at = tree.segments().get(at).parent()) {
                    sum += tree.segments().get(at).tokens().length;
                }
            }
        }
        return sum;
    }
}
