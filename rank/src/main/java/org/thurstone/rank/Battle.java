package org.thurstone.rank;

import java.util.List;

/**
 * One comparison of two items.
 *
 * @param left and right are different items; the left one may be at home, or shown first
 * @param weight how many comparisons it counts for, above 0 and finite
 * @param time in seconds since 1970 (UTC); NaN where unknown
 * @param annotator who said so; empty where unknown
 * @param group what it was about, such as a prompt; comparisons of a group are drawn together in a bootstrap by prompt; empty where unknown
 * @param covariates what else may have decided it, as left minus right; as many in each battle of a stream
 * @param margin by how much the winner won, such as goals, at least 1; 1 also where it is unknown, and of ties
 * @param tournament in which it was played; empty where unknown
 */
public record Battle(
        String left,
        String right,
        Outcome outcome,
        double weight,
        double time,
        String annotator,
        String group,
        List<Double> covariates,
        int margin,
        String tournament) {

    /** A comparison of unknown margin and tournament. */
    public Battle(
            String left,
            String right,
            Outcome outcome,
            double weight,
            double time,
            String annotator,
            String group,
            List<Double> covariates) {
        this(left, right, outcome, weight, time, annotator, group, covariates, 1, "");
    }

    public Battle {
        covariates = List.copyOf(covariates);
        if (left.equals(right)) {
            throw new IllegalArgumentException("\"" + left + "\" is compared with itself");
        }
        if (left.isBlank() || right.isBlank()) {
            throw new IllegalArgumentException("an item has no name");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("the weight is " + weight + ", not a finite number above 0");
        }
        if (margin < 1) {
            throw new IllegalArgumentException("the margin is " + margin + ", not at least 1");
        }
        if (covariates.stream().anyMatch(c -> !Double.isFinite(c))) {
            throw new IllegalArgumentException("a covariate is not a finite number: " + covariates);
        }
    }

    /** A comparison of which nothing else is known. */
    public static Battle of(String left, String right, Outcome outcome) {
        return new Battle(left, right, outcome, 1, Double.NaN, "", "", List.of());
    }

    public Battle withWeight(double newWeight) {
        return new Battle(left, right, outcome, newWeight, time, annotator, group, covariates, margin, tournament);
    }

    public Battle at(double newTime) {
        return new Battle(left, right, outcome, weight, newTime, annotator, group, covariates, margin, tournament);
    }

    public Battle by(String newAnnotator) {
        return new Battle(left, right, outcome, weight, time, newAnnotator, group, covariates, margin, tournament);
    }

    public Battle about(String newGroup) {
        return new Battle(left, right, outcome, weight, time, annotator, newGroup, covariates, margin, tournament);
    }

    public Battle with(List<Double> newCovariates) {
        return new Battle(left, right, outcome, weight, time, annotator, group, newCovariates, margin, tournament);
    }

    /** The same, won by so much. */
    public Battle withMargin(int newMargin) {
        return new Battle(left, right, outcome, weight, time, annotator, group, covariates, newMargin, tournament);
    }

    /** The same, played in this tournament. */
    public Battle in(String newTournament) {
        return new Battle(left, right, outcome, weight, time, annotator, group, covariates, margin, newTournament);
    }
}
