package org.thurstone.worlds.bandit;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.thurstone.model.Policy;
import org.thurstone.model.exact.LogLinearPolicy;
import org.thurstone.model.exact.TabularPolicy;

/** A policy with exact probabilities. */
public final class ExactPolicy implements AutoCloseable {

    private final Policy policy;
    private final int prompts;
    private final IntFunction<double[]> distribution;

    private ExactPolicy(Policy policy, int prompts, IntFunction<double[]> distribution) {
        this.policy = policy;
        this.prompts = prompts;
        this.distribution = distribution;
    }

    /** A free logit for each response, at these probabilities. */
    public static ExactPolicy table(double[][] probabilities) {
        TabularPolicy table = TabularPolicy.of(Arrays.stream(probabilities)
                .map(row -> Arrays.stream(row).map(Math::log).toArray())
                .toArray(double[][]::new));
        return new ExactPolicy(table, probabilities.length, table::distribution);
    }

    /** π ∝ exp(φ·θ). */
    public static ExactPolicy logLinear(double[][][] features, double[] theta) {
        LogLinearPolicy linear = LogLinearPolicy.of(features, theta);
        return new ExactPolicy(linear, features.length, linear::distribution);
    }

    public Policy policy() {
        return policy;
    }

    /** (prompts × responses). */
    public double[][] probabilities() {
        double[][] rows = new double[prompts][];
        for (int x = 0; x < prompts; x++) {
            rows[x] = distribution.apply(x);
        }
        return rows;
    }

    @Override
    public void close() {
        policy.close();
    }
}
