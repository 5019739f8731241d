package org.thurstone.lab.selection;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.lab.bandit.ExactPolicy;
import org.thurstone.lab.bandit.Lesson;
import org.thurstone.lab.bandit.PairData;
import org.thurstone.lab.bandit.Sampled;
import org.thurstone.lab.bandit.Simplex;
import org.thurstone.model.exact.LogLinearPolicy;
import org.thurstone.train.loss.Loss;

/**
 * Answers with features: a policy is its weights θ, π ∝ exp(φ·θ). What the pairs are is said by {@link Source}.
 *
 * @param features (prompts × responses × features)
 */
public record LogLinearPool(double[][][] features, Loss loss, Lesson lesson, Source source) implements Pool<double[]> {

    /** Where candidate pairs come from. Prompts and completions are named as {@link Sampled} names them. */
    @FunctionalInterface
    public interface Source {
        List<CandidatePair> pairs(double[][] policy, RandomGenerator random);
    }

    /** (prompts × responses). */
    public double[][] probabilities(double[] theta) {
        return Arrays.stream(features)
                .map(row -> Simplex.softmax(
                        Arrays.stream(row).mapToDouble(f -> dot(f, theta)).toArray()))
                .toArray(double[][]::new);
    }

    @Override
    public List<CandidatePair> candidates(double[] theta, RandomGenerator random) {
        return source.pairs(probabilities(theta), random);
    }

    @Override
    public double[] differences(double[] theta, List<CandidatePair> pairs) {
        return pairs.stream()
                .mapToDouble(p -> dot(of(p.prompt(), p.left()), theta) - dot(of(p.prompt(), p.right()), theta))
                .toArray();
    }

    @Override
    public double[] learned(double[] theta, double[] reference, List<Comparison> comparisons) {
        PairData data = PairData.none(features.length, features[0].length);
        for (Comparison c : comparisons) {
            // A tie is half a win for each.
            double left = c.preference().probability();
            int x = Sampled.index(c.prompt());
            data.add(x, Sampled.response(c.left()), Sampled.response(c.right()), left);
            data.add(x, Sampled.response(c.right()), Sampled.response(c.left()), 1 - left);
        }
        try (ExactPolicy policy = ExactPolicy.logLinear(features, theta)) {
            lesson.teach(policy, loss, probabilities(reference), data.examples());
            return policy.policy().parameters().get(LogLinearPolicy.THETA).toDoubles();
        }
    }

    private double[] of(Prompt prompt, Completion completion) {
        return features[Sampled.index(prompt)][Sampled.response(completion)];
    }

    /** φ·θ. */
    public static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
