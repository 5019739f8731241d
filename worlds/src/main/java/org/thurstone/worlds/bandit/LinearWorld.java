package org.thurstone.worlds.bandit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.Shuffle;
import org.thurstone.loop.World;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;

/**
 * A bandit with shared features: responses have features, and policies are log-linear in them, so that training on some prompts generalises to others.
 *
 * @param features (prompts × responses × features)
 */
public record LinearWorld(Bandit world, double[][][] features) implements World<double[]> {

    /**
     * Standard normal features, and a reward of variance 1 that is linear in them but for a part of its own for each response.
     *
     * @param own the share of the reward's variance that no feature explains, in [0, 1)
     */
    public static LinearWorld random(int prompts, int responses, int dimensions, double own, RandomGenerator random) {
        double[][][] features = new double[prompts][responses][dimensions];
        double[] theta = new double[dimensions];
        double[][] reward = new double[prompts][responses];
        double norm = 0;
        for (int k = 0; k < dimensions; k++) {
            theta[k] = random.nextGaussian();
            norm += theta[k] * theta[k];
        }
        for (int x = 0; x < prompts; x++) {
            for (int y = 0; y < responses; y++) {
                for (int k = 0; k < dimensions; k++) {
                    features[x][y][k] = random.nextGaussian();
                    reward[x][y] += Math.sqrt((1 - own) / norm) * features[x][y][k] * theta[k];
                }
                reward[x][y] += Math.sqrt(own) * random.nextGaussian();
            }
        }
        return new LinearWorld(Bandit.rewarded(Simplex.rows(prompts, Simplex.uniform(responses)), reward), features);
    }

    /**
     * The prompts in a range alone, with these rewards.
     *
     * @param reward (prompts of the range × responses)
     */
    public LinearWorld part(int from, int to, double[][] reward) {
        return new LinearWorld(
                Bandit.rewarded(Arrays.copyOfRange(world.reference(), from, to), reward),
                Arrays.copyOfRange(features, from, to));
    }

    public LogLinear policies() {
        return new LogLinear(features);
    }

    @Override
    public List<Prompt> prompts(long used, int count, double[] start, SplittableGenerator random) {
        return world.prompts(used, count, world.reference(), random);
    }

    @Override
    public List<Completions> propose(double[] policy, List<Prompt> prompts, int samples, SplittableGenerator random) {
        return world.propose(policies().probabilities(policy), prompts, samples, random);
    }

    @Override
    public double[] differences(double[] policy, List<CandidatePair> pairs) {
        return policies().differences(policy, pairs);
    }

    @Override
    public Evaluation evaluate(double[] policy, Optional<double[]> start, SplittableGenerator random) {
        return world.evaluate(policies().probabilities(policy), start.map(policies()::probabilities), random);
    }

    /** The table that a policy of weights 0 becomes by learning once. */
    public double[][] learn(OfflineTrainer trainer, Loss loss, List<? extends TrainingExample> data) {
        return learn(trainer, loss, new double[features[0][0].length], data);
    }

    /** The same from other weights. */
    public double[][] learn(OfflineTrainer trainer, Loss loss, double[] theta, List<? extends TrainingExample> data) {
        try (ExactPolicy policy = ExactPolicy.logLinear(features, theta)) {
            return trainer.train(policy, loss, world.reference(), List.copyOf(data));
        }
    }

    /** The expected reward on the prompts from one on, for those that nothing was learned of. */
    public double value(double[][] policy, int from) {
        double[][] reward = world.reward().orElseThrow();
        return IntStream.range(from, policy.length)
                .mapToDouble(x -> Simplex.mean(policy[x], reward[x]))
                .average()
                .orElseThrow();
    }

    /** Different responses to a prompt, drawn uniformly. */
    public List<Integer> some(int count, RandomGenerator random) {
        return Shuffle.of(IntStream.range(0, world.responses()).boxed().toList(), random)
                .subList(0, count);
    }

    /**
     * A policy at a given divergence from the reference, in the same direction: π_ref·(π/π_ref)^s, so that methods are compared at the same
     * divergence.
     *
     * @param nats mean KL over prompts; a policy at the reference stays there
     */
    public double[][] atDivergence(double[][] policy, double nats) {
        double low = 0;
        double high = 64;
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (world.divergence(stretched(policy, middle)) < nats) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return stretched(policy, low);
    }

    private double[][] stretched(double[][] policy, double by) {
        double[][] reference = world.reference();
        return IntStream.range(0, policy.length)
                .mapToObj(x -> {
                    double[] ratios = new double[policy[x].length];
                    Arrays.setAll(ratios, y -> Math.log(Math.max(policy[x][y], 1e-300) / reference[x][y]));
                    return Simplex.tilted(reference[x], ratios, by);
                })
                .toArray(double[][]::new);
    }
}
