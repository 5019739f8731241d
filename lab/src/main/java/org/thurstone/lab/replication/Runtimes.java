package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.rank.runtime.Utility;
import org.thurstone.statistics.Normal;

/** Distributions of runtimes, as the time in seconds by the share of runs that are shorter, and of captimes with a mean of 60 s. */
final class Runtimes {

    static final String ENTROPY = "exponential";
    static final String FIXED = "step";

    static final SequencedMap<String, DoubleUnaryOperator> ALL = new LinkedHashMap<>();
    static final SequencedMap<String, Utility> CAPTIMES = new LinkedHashMap<>();

    static {
        ALL.put("exponential", p -> -40 * Math.log1p(-p));
        ALL.put("log-normal", p -> 20 * Math.exp(2.5 * Normal.quantile(p)));
        ALL.put("Pareto of infinite mean", p -> 5 * Math.pow(1 - p, -1 / 0.8));
        ALL.put("risky", Runtimes::risky);
        CAPTIMES.put(FIXED, new Utility.Step(60));
        CAPTIMES.put("uniform", new Utility.Uniform(120));
        CAPTIMES.put(ENTROPY, new Utility.Exponential(60));
        CAPTIMES.put("log-Laplace", new Utility.LogLaplace(60 * (1 - 0.8 * 0.8), 0.8));
        CAPTIMES.put("Pareto", new Utility.Pareto(60 * (1 - 0.7), 0.7));
    }

    private static final int COARSE = 100;

    private Runtimes() {}

    /** Fast, but for one run in ten. */
    static double risky(double p) {
        return p < 0.9 ? 1 : 10_000;
    }

    /** Runtimes with a random median between 5 s and 120 s, and a random spread. */
    private static DoubleUnaryOperator logNormal(RandomGenerator random) {
        double centre = Math.log(random.nextDouble(5, 120));
        double spread = random.nextDouble(0.3, 2.5);
        return p -> Math.exp(centre + spread * Normal.quantile(p));
    }

    /**
     * The mean worth of runtimes.
     *
     * @param grid how many equal shares of runs are each represented by the one in their middle
     */
    static double mean(DoubleUnaryOperator runtime, DoubleUnaryOperator worth, int grid) {
        return IntStream.range(0, grid)
                .mapToDouble(i -> worth.applyAsDouble(runtime.applyAsDouble((i + 0.5) / grid)))
                .average()
                .orElseThrow();
    }

    /**
     * The mean utility that is lost in the worst of the captimes by choosing one of two random algorithms under an assumed one.
     *
     * @param known the name of the assumed captime
     * @param pairs of algorithms
     */
    static double lost(String known, int pairs, RandomGenerator random) {
        Utility assumed = Objects.requireNonNull(CAPTIMES.get(known));
        double[] lost = new double[CAPTIMES.size()];
        for (int k = 0; k < pairs; k++) {
            DoubleUnaryOperator one = logNormal(random);
            DoubleUnaryOperator other = logNormal(random);
            boolean first = mean(one, assumed::of, COARSE) >= mean(other, assumed::of, COARSE);
            int law = 0;
            for (Utility captime : CAPTIMES.values()) {
                double gain = mean(one, captime::of, COARSE) - mean(other, captime::of, COARSE);
                lost[law++] += Math.max(0, first ? -gain : gain) / pairs;
            }
        }
        return Arrays.stream(lost).max().orElseThrow();
    }
}
