package org.thurstone.feedback.pairing;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * One pair per prompt, selected by points of the prompt's score distribution: the completion whose score is nearest to one point against the
 * completion nearest to another. With many samples, the lowest score is an outlier that teaches little, while μ − 2σ does not change. No pair if both
 * points have the same completion or score. Deterministic. arXiv:2502.16825.
 *
 * @param chosen point of the chosen completion
 * @param rejected point of the rejected completion
 */
@Method(
        name = "score-positions",
        kind = "pairing",
        papers = "2502.16825",
        source = "arXiv:2502.16825",
        summary = "highest score against the one nearest to μ − 2σ, or two other points")
public record ScorePositions(
        @Default("highest") Position chosen,
        @Default("two-below") Position rejected) implements Pairing {

    /** Seven points of a prompt's scores, from low to high. */
    public enum Position {
        /** The least score. */
        LOWEST(Double.NEGATIVE_INFINITY),
        /** μ − 2σ. */
        TWO_BELOW(-2),
        /** μ − σ. */
        ONE_BELOW(-1),
        /** μ. */
        MEAN(0),
        /** μ + σ. */
        ONE_ABOVE(1),
        /** μ + 2σ. */
        TWO_ABOVE(2),
        /** The largest score. */
        HIGHEST(Double.POSITIVE_INFINITY);

        private final double deviations;

        Position(double deviations) {
            this.deviations = deviations;
        }

        /** Which score is nearest; of equals the first. */
        int in(List<Double> scores) {
            double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double spread = Math.sqrt(Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow());
            double point = Double.isInfinite(deviations)
                    ? (deviations > 0
                            ? Arrays.stream(values).max().orElseThrow()
                            : Arrays.stream(values).min().orElseThrow())
                    : mean + deviations * spread;
            int nearest = 0;
            for (int i = 1; i < values.length; i++) {
                if (Math.abs(values[i] - point) < Math.abs(values[nearest] - point)) {
                    nearest = i;
                }
            }
            return nearest;
        }
    }

    public ScorePositions {
        if (chosen.compareTo(rejected) <= 0) {
            throw new IllegalArgumentException("chosen " + chosen + " must lie above rejected " + rejected);
        }
    }

    @Override
    public List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random) {
        ScoredCompletions distinct = scored.distinct();
        if (distinct.size() < 2) {
            return List.of();
        }
        int high = chosen.in(distinct.scores());
        int low = rejected.in(distinct.scores());
        return distinct.scores().get(high) > distinct.scores().get(low) ? List.of(distinct.pair(high, low)) : List.of();
    }
}
