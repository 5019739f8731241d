package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.rank.linear.LogisticRegression;
import org.thurstone.statistics.Estimate;

/**
 * Biases of one annotator: position, length, self-preference. Each figure has its interval; a bias is significant if the interval excludes the value
 * of an unbiased annotator.
 *
 * @param first the share of decided verdicts for the answer shown first; ½ if the order was drawn by lot and does not matter
 * @param consistent among pairs judged in both orders, the share with the same winner both times; empty without such pairs
 * @param longer the share of decided verdicts of unequal length for the longer answer. It is not a bias if longer answers are better: the others'
 *     share says how much of it is this annotator's own
 * @param lengthEffect what doubling the ratio of lengths adds to the log-odds of an answer, with place held fixed; empty without lengths, or where
 *     the verdicts are too few or too one-sided to say
 * @param selfPreference how much more often the annotator prefers its own answers than other annotators do, in the same pairs: the mean difference of
 *     score (1, ½, 0); 0 without bias; empty where no verdict is about its own answers
 */
public record AnnotatorBias(
        String annotator,
        int verdicts,
        int ties,
        Estimate first,
        Optional<Estimate> consistent,
        Optional<Estimate> longer,
        Optional<Estimate> lengthEffect,
        Optional<Estimate> selfPreference) {

    /** The biases of each annotator, in order of appearance. An annotator's own answers are those of the model with the same name. */
    public static List<AnnotatorBias> of(List<Verdict> verdicts) {
        Map<String, List<Verdict>> byAnnotator = new LinkedHashMap<>();
        verdicts.forEach(v -> byAnnotator
                .computeIfAbsent(v.annotator(), a -> new ArrayList<>())
                .add(v));
        Map<String, List<Verdict>> byItem = new HashMap<>();
        verdicts.forEach(
                v -> byItem.computeIfAbsent(v.item(), i -> new ArrayList<>()).add(v));
        List<AnnotatorBias> biases = new ArrayList<>();
        byAnnotator.forEach((annotator, own) -> biases.add(new AnnotatorBias(
                annotator,
                own.size(),
                (int) own.stream().filter(v -> v.winner() == Verdict.Winner.TIE).count(),
                first(own),
                consistent(own),
                longer(own),
                lengthEffect(own),
                selfPreference(annotator, own, byItem))));
        return biases;
    }

    private static Estimate first(List<Verdict> own) {
        List<Verdict> decided = decided(own);
        return Estimate.ofShare(
                (int) decided.stream()
                        .filter(v -> v.winner() == Verdict.Winner.FIRST)
                        .count(),
                decided.size());
    }

    private static List<Verdict> decided(List<Verdict> own) {
        return own.stream().filter(v -> v.winner() != Verdict.Winner.TIE).toList();
    }

    /** Both orders of a pair: the same item and the same two models, the other way round. */
    private static Optional<Estimate> consistent(List<Verdict> own) {
        record Pair(String item, Verdict.Models models) {}
        Map<Pair, Verdict> seen = new HashMap<>();
        int both = 0;
        int same = 0;
        for (Verdict v : own) {
            if (v.models().isEmpty()) continue;
            Verdict.Models m = v.models().get();
            Verdict other = seen.get(new Pair(v.item(), m.turned()));
            if (other == null) {
                seen.put(new Pair(v.item(), m), v);
            } else {
                both++;
                if (other.winner().score() == 1 - v.winner().score()) same++;
            }
        }
        return both == 0 ? Optional.empty() : Optional.of(Estimate.ofShare(same, both));
    }

    private static Optional<Estimate> longer(List<Verdict> own) {
        int unequal = 0;
        int won = 0;
        for (Verdict v : decided(own)) {
            double ahead = v.length().map(l -> l.first() - l.second()).orElse(0.0);
            if (ahead != 0) {
                unequal++;
                if (ahead > 0 == (v.winner() == Verdict.Winner.FIRST)) won++;
            }
        }
        return unequal == 0 ? Optional.empty() : Optional.of(Estimate.ofShare(won, unequal));
    }

    private static Optional<Estimate> lengthEffect(List<Verdict> own) {
        List<Verdict> known = own.stream()
                .filter(v ->
                        v.length().filter(l -> l.first() > 0 && l.second() > 0).isPresent())
                .toList();
        if (known.size() < 3) return Optional.empty();
        double[][] features = new double[known.size()][];
        double[] targets = new double[known.size()];
        double[] weights = new double[known.size()];
        for (int r = 0; r < features.length; r++) {
            Verdict.Lengths l = known.get(r).length().orElseThrow();
            features[r] = new double[] {Math.log(l.first() / l.second()) / Math.log(2), 1};
            targets[r] = known.get(r).winner().score();
            weights[r] = 1;
        }
        try {
            LogisticRegression fit =
                    LogisticRegression.fit(features, targets, weights, LogisticRegression.Prior.ridge(2, 0));
            return Optional.of(Estimate.of(fit.coefficients()[0], Math.sqrt(fit.covariance()[0][0]), features.length));
        } catch (ArithmeticException e) {
            return Optional.empty(); // all of one length, or separated: nothing can be said of the effect
        }
    }

    private static Optional<Estimate> selfPreference(
            String annotator, List<Verdict> own, Map<String, List<Verdict>> byItem) {
        List<Double> differences = new ArrayList<>();
        for (Verdict v : own) {
            if (v.scoreOf(annotator).isEmpty()) continue;
            double[] others = byItem.getOrDefault(v.item(), List.of()).stream()
                    .filter(o -> !o.annotator().equals(annotator) && samePair(o, v))
                    .mapToDouble(o -> o.scoreOf(annotator).orElseThrow())
                    .toArray();
            if (others.length > 0) {
                double mean = java.util.Arrays.stream(others).average().orElseThrow();
                differences.add(v.scoreOf(annotator).orElseThrow() - mean);
            }
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(Estimate.ofDifferences(
                        differences.stream().mapToDouble(d -> d).toArray()));
    }

    private static boolean samePair(Verdict a, Verdict b) {
        if (a.models().isEmpty() || b.models().isEmpty()) return false;
        Verdict.Models m = a.models().get();
        return m.equals(b.models().get()) || m.turned().equals(b.models().get());
    }
}
