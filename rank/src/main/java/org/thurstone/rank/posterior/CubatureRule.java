package org.thurstone.rank.posterior;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Weighted points with which sums of any polynomial of degree five are its expectation under the standard normal distribution (Stroud 1971, E_n^{r²} 5-2):
 * 2n² + 1 of them in n dimensions.
 *
 * @param points a row for each
 * @param weights summing to 1; some are negative in five dimensions or more
 */
record CubatureRule(double[][] points, double[] weights) {

    private static final Map<Integer, CubatureRule> BY_DIMENSION = new ConcurrentHashMap<>();

    static CubatureRule of(int dimensions) {
        return BY_DIMENSION.computeIfAbsent(dimensions, CubatureRule::make);
    }

    private static CubatureRule make(int n) {
        List<double[]> points = new ArrayList<>(List.of(new double[n]));
        List<Double> weights = new ArrayList<>(List.of(2.0 / (n + 2)));
        double far = Math.sqrt(n + 2);
        double near = Math.sqrt((n + 2) / 2.0);
        for (int i = 0; i < n; i++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] single = new double[n];
                single[i] = sign * far;
                points.add(single);
                weights.add((4.0 - n) / (2.0 * (n + 2) * (n + 2)));
                for (int j = 0; j < i; j++) {
                    for (int other = -1; other <= 1; other += 2) {
                        double[] both = new double[n];
                        both[i] = sign * near;
                        both[j] = other * near;
                        points.add(both);
                        weights.add(1.0 / ((n + 2) * (n + 2)));
                    }
                }
            }
        }
        return new CubatureRule(
                points.toArray(double[][]::new),
                weights.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
