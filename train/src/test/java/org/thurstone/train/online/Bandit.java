package org.thurstone.train.online;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.model.sample.Detokenizer;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampling;
import org.thurstone.train.LearningRate;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingPlan;
import org.thurstone.train.TrainingSettings;

/** One prompt, a few samples, and what there is to know about them. */
final class Bandit {

    /** Three samples that beat one another in a circle. */
    static final double[][] CIRCLE = {{.5, .9, .2}, {.1, .5, .7}, {.8, .3, .5}};

    static final double[][] ROCK_PAPER_SCISSORS = {{.5, 1, 0}, {0, .5, 1}, {1, 0, .5}};
    static final double[] REFERENCE = {.5, .3, .2};
    static final double[] UNIFORM = {1 / 3., 1 / 3., 1 / 3.};

    private Bandit() {}

    static double[] log(double[] p) {
        return Arrays.stream(p).map(Math::log).toArray();
    }

    static TabularPolicy policy(double[] probabilities) {
        return TabularPolicy.of(new double[][] {log(probabilities)});
    }

    static SampleValues preferring(double[][] p) {
        return new SampleValues() {
            @Override
            public double[] rewards(List<Sample> samples) {
                throw new AssertionError("no one should ask for rewards");
            }

            @Override
            public double[] preferences(List<SamplePair> matches) {
                return matches.stream()
                        .mapToDouble(m -> p[m.left().tokens()[0]][m.right().tokens()[0]])
                        .toArray();
            }
        };
    }

    static SampleValues rewarding(double[]... components) {
        return new SampleValues() {
            @Override
            public double[] rewards(List<Sample> samples) {
                return of(0, samples);
            }

            private double[] of(int component, List<Sample> samples) {
                return samples.stream()
                        .mapToDouble(a -> components[component][a.tokens()[0]])
                        .toArray();
            }

            @Override
            public double[] preferences(List<SamplePair> matches) {
                throw new AssertionError("no one should ask for preferences");
            }

            @Override
            public List<double[]> components(List<Sample> samples) {
                return java.util.stream.IntStream.range(0, components.length)
                        .mapToObj(c -> of(c, samples))
                        .toList();
            }
        };
    }

    /** One epoch, everything in one batch, a constant rate, no clipping to speak of. */
    static TrainingSettings settings(int epochs, double rate) {
        return TrainingSettings.of(epochs, 1_000_000, rate, 0).with(s -> {
            s.schedule = new LearningRate.Constant(new LearningRate.Warmup.Steps(0));
            s.clipNorm = 1e9;
            s.tokensPerPass = 1_000_000;
        });
    }

    static SplittableGenerator random(long seed) {
        return (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static Online online(
            OnlineMethod method,
            TabularPolicy policy,
            CompletionSource drawing,
            SampleValues values,
            TrainingSettings s) {
        TrainingPlan plan = TrainingPlan.of(policy, method.signals(), Optional.empty(), s);
        return new Online(method, new Trainer(plan.withGradientDescent()), drawing, values, 1_000_000);
    }

    /** Where a method ends after some steps on expectations, by plain gradient descent. */
    static double[] after(
            OnlineMethod method,
            SampleValues values,
            double[] reference,
            double[] start,
            int steps,
            int epochs,
            double rate) {
        return after(method, values, reference, start, steps, epochs, rate, EncodedPrompt.of("x", 0));
    }

    static double[] after(
            OnlineMethod method,
            SampleValues values,
            double[] reference,
            double[] start,
            int steps,
            int epochs,
            double rate,
            EncodedPrompt prompt) {
        try (TabularPolicy policy = policy(start);
                TabularPolicy held = policy(reference);
                Online online = online(method, policy, new ExactCompletions(), values, settings(epochs, rate))) {
            for (int t = 0; t < steps; t++) {
                online.step(Policies.of(policy, held), List.of(prompt), random(t));
            }
            return policy.distribution(0);
        }
    }

    /** The direction in which one small step on expectations moves the logits, which is minus the gradient. */
    static double[] direction(
            OnlineMethod method, SampleValues values, double[] reference, double[] start, EncodedPrompt prompt) {
        double rate = 1e-3;
        double[] before = log(start);
        try (TabularPolicy policy = policy(start);
                TabularPolicy held = policy(reference);
                Online online = online(method, policy, new ExactCompletions(), values, settings(1, rate))) {
            online.step(Policies.of(policy, held), List.of(prompt), random(1));
            double[] after = policy.parameters().get("logits").toDoubles();
            double[] moved = new double[after.length];
            for (int y = 0; y < moved.length; y++) {
                moved[y] = (after[y] - before[y]) / rate;
            }
            return moved;
        }
    }

    /** The gradient of a function of the probabilities, by the logits, from differences. */
    static double[] slope(ToDoubleFunction<double[]> objective, double[] at) {
        double[] logits = log(at);
        double[] slope = new double[logits.length];
        double by = 1e-5;
        for (int y = 0; y < slope.length; y++) {
            double[] up = logits.clone();
            double[] down = logits.clone();
            up[y] += by;
            down[y] -= by;
            slope[y] = (objective.applyAsDouble(softmax(up)) - objective.applyAsDouble(softmax(down))) / (2 * by);
        }
        return slope;
    }

    static double[] softmax(double[] logits) {
        double most = Arrays.stream(logits).max().orElseThrow();
        double sum = Arrays.stream(logits).map(z -> Math.exp(z - most)).sum();
        return Arrays.stream(logits).map(z -> Math.exp(z - most) / sum).toArray();
    }

    static double divergence(double[] p, double[] q) {
        double sum = 0;
        for (int y = 0; y < p.length; y++) {
            sum += p[y] * Math.log(p[y] / q[y]);
        }
        return sum;
    }

    /** (samples): P(y ≻ π). */
    static double[] wins(double[][] p, double[] policy) {
        double[] wins = new double[policy.length];
        for (int y = 0; y < wins.length; y++) {
            for (int z = 0; z < wins.length; z++) {
                wins[y] += p[y][z] * policy[z];
            }
        }
        return wins;
    }

    /** p·exp(by·values), normalised. */
    static double[] tilted(double[] p, double[] values, double by) {
        double[] logits = new double[p.length];
        for (int y = 0; y < p.length; y++) {
            logits[y] = Math.log(p[y]) + by * values[y];
        }
        return softmax(logits);
    }

    static SampledCompletions sampled(int samples) {
        BitSet endings = new BitSet();
        endings.set(0, samples);
        return new SampledCompletions(Sampling.of(1, 1), endings, Detokenizer.NONE, 64, Listener.NONE);
    }
}
