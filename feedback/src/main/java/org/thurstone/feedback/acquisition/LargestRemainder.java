package org.thurstone.feedback.acquisition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits a total into whole numbers in proportion to weights: every share is rounded down, and the rest goes to the largest remainders (among
 * equals, to the first).
 */
final class LargestRemainder {

    private LargestRemainder() {}

    /** @param weights at least one, each finite and above 0 */
    static List<Integer> split(int total, double[] weights) {
        if (total < 0) {
            throw new IllegalArgumentException(
                    "a budget of " + total + " labels cannot be split; it must be at least 0");
        }
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        List<Integer> shares = new ArrayList<>();
        double[] remainders = new double[weights.length];
        int given = 0;
        for (int i = 0; i < weights.length; i++) {
            double exact = total * weights[i] / sum;
            // A share that is whole but for rounding counts as whole: 960 · 3/6 must be 480, and its remainder nothing.
            double whole = Math.abs(exact - Math.rint(exact)) < 1e-9 ? Math.rint(exact) : Math.floor(exact);
            shares.add((int) whole);
            remainders[i] = exact - whole;
            given += (int) whole;
        }
        List<Integer> order = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -remainders[i]))
                .toList();
        for (int k = 0; k < total - given; k++) {
            shares.set(order.get(k), shares.get(order.get(k)) + 1);
        }
        return List.copyOf(shares);
    }

    /** Weights from {@code first} to {@code last} in equal steps; the first alone where there is one. */
    static double[] line(double first, double last, int iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException(
                    "a run of " + iterations + " iterations has no budget to split; at least 1");
        }
        return IntStream.range(0, iterations)
                .mapToDouble(i -> iterations == 1 ? first : first + (last - first) * i / (iterations - 1))
                .toArray();
    }
}
