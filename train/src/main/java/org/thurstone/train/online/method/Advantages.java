package org.thurstone.train.online.method;

import java.util.Arrays;

/** Advantages: rewards of groups minus a baseline. */
final class Advantages {

    /** What TRL adds to a standard deviation before it divides by it. */
    private static final double EPSILON = 1e-4;

    private Advantages() {}

    /** Each reward less the mean of the others of its group. */
    static double[][] leaveOneOut(double[][] rewards) {
        double[][] advantages = new double[rewards.length][];
        for (int g = 0; g < rewards.length; g++) {
            double[] of = rewards[g];
            double sum = Arrays.stream(of).sum();
            advantages[g] =
                    Arrays.stream(of).map(r -> r - (sum - r) / (of.length - 1)).toArray();
        }
        return advantages;
    }

    /**
     * Each reward less the mean of its group.
     *
     * @param scale whether it is divided by the group's standard deviation (of a sample, n − 1), too
     */
    static double[][] ofGroup(double[][] rewards, boolean scale) {
        double[][] advantages = new double[rewards.length][];
        for (int g = 0; g < rewards.length; g++) {
            double[] of = rewards[g];
            double mean = Arrays.stream(of).average().orElse(0);
            double by = scale ? deviation(of, mean) + EPSILON : 1;
            advantages[g] = Arrays.stream(of).map(r -> (r - mean) / by).toArray();
        }
        return advantages;
    }

    /** Brings all of them together to mean 0 and standard deviation 1, in place. */
    static void whiten(double[][] advantages) {
        double[] all = Arrays.stream(advantages).flatMapToDouble(Arrays::stream).toArray();
        double mean = Arrays.stream(all).average().orElse(0);
        double by = deviation(all, mean) + EPSILON;
        for (double[] of : advantages) {
            for (int i = 0; i < of.length; i++) {
                of[i] = (of[i] - mean) / by;
            }
        }
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }
}
