package org.thurstone.rank.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.statistics.Estimate;
import org.thurstone.statistics.Moments;

/** The grade of a scorer per pair, by subset, in [0, 1]. */
final class Grades {

    private final Map<String, List<Double>> bySubset = new LinkedHashMap<>();

    void add(String subset, double grade) {
        bySubset.computeIfAbsent(subset, s -> new ArrayList<>()).add(grade);
    }

    List<String> subsets() {
        return List.copyOf(bySubset.keySet());
    }

    boolean has(String subset) {
        return bySubset.containsKey(subset);
    }

    int count() {
        return bySubset.values().stream().mapToInt(List::size).sum();
    }

    private double[] of(String subset) {
        return bySubset.getOrDefault(subset, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    Estimate mean(String subset) {
        return Estimate.ofMean(of(subset));
    }

    /** All pairs alike. */
    Estimate overall() {
        return Estimate.ofMean(bySubset.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    /** The mean of subsets' means with these weights, with the interval of its standard error; subsets that are missing are left out. */
    Estimate weighted(Map<String, Double> weights) {
        double total = 0;
        double mean = 0;
        double variance = 0;
        int count = 0;
        for (Map.Entry<String, Double> entry : weights.entrySet()) {
            double[] grades = of(entry.getKey());
            if (grades.length == 0) continue;
            Moments own = Moments.of(grades);
            double w = entry.getValue();
            total += w;
            mean += w * own.mean();
            variance += w * w * own.variance() / own.count();
            count += own.count();
        }
        return Estimate.of(mean / total, Math.sqrt(variance) / total, count);
    }

    /** Independent estimates averaged with these weights. */
    static Estimate average(List<Estimate> parts, List<Double> weights) {
        double total = 0;
        double mean = 0;
        double variance = 0;
        int count = 0;
        for (int i = 0; i < parts.size(); i++) {
            double w = weights.get(i);
            double half = (parts.get(i).high() - parts.get(i).low()) / 2;
            total += w;
            mean += w * parts.get(i).mean();
            variance += w * w * half * half;
            count += parts.get(i).count();
        }
        double half = Math.sqrt(variance) / total;
        return new Estimate(mean / total, mean / total - half, mean / total + half, count);
    }
}
