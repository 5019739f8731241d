package org.thurstone.elicit.respondent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;

/**
 * Combines several answers to one question. Preferences are counted by side, ties and "both bad" being a side of their own, and the side of the
 * largest weight wins; ratings are averaged; orders are averaged by place (Borda).
 *
 * @param ties what to answer where two sides weigh the same
 */
record Votes(Label label, Ties ties) {

    /** The forms whose answers can be combined: there is no mean of two edits. */
    static final Set<Question.Form> FORMS =
            Set.of(Question.Form.PAIR, Question.Form.RATE, Question.Form.VERIFY, Question.Form.RANK);

    /** Weights are decimals: 0.1 and 0.2 weigh as much as 0.3. */
    private static final double ROUNDING = 1e-9;

    /**
     * An answer that counts.
     *
     * @param weight above 0
     */
    record Vote(Judgement judgement, double weight) {}

    /** @param votes at least one, all of the question's form; none an abstention */
    Judgement count(Question.Form form, List<Vote> votes) {
        return switch (form) {
            case PAIR -> label == Label.SOFT ? soft(votes) : side(votes);
            case RATE -> new Judgement.Scored(means(votes));
            case VERIFY -> label == Label.SOFT ? new Judgement.Scored(means(votes)) : verdicts(votes);
            case RANK -> order(votes);
            case EDIT -> throw new IllegalArgumentException("edits cannot be combined");
            case WRITE -> throw new IllegalArgumentException("written completions cannot be combined");
        };
    }

    private static Preference preference(Vote vote) {
        if (vote.judgement instanceof Judgement.Preferred(Preference preference)) {
            return preference;
        }
        throw new IllegalArgumentException(vote.judgement + " is not a preference");
    }

    private static Judgement soft(List<Vote> votes) {
        double sum = votes.stream()
                .mapToDouble(v -> v.weight * preference(v).probability())
                .sum();
        double probability = sum / votes.stream().mapToDouble(Vote::weight).sum();
        return new Judgement.Preferred(new Preference.Soft(Math.min(1, probability)));
    }

    private Judgement side(List<Vote> votes) {
        double[] weights = new double[3];
        double bad = 0;
        for (Vote vote : votes) {
            Preference preference = preference(vote);
            weights[(int) Math.signum(preference.probability() - 0.5) + 1] += vote.weight;
            bad += preference instanceof Preference.BothBad ? vote.weight : 0;
        }
        double largest = Arrays.stream(weights).max().orElseThrow();
        boolean right = weights[0] >= largest - ROUNDING;
        boolean neither = weights[1] >= largest - ROUNDING;
        boolean left = weights[2] >= largest - ROUNDING;
        if ((right ? 1 : 0) + (neither ? 1 : 0) + (left ? 1 : 0) > 1) {
            return ties.judgement("no side outweighs the others");
        } else if (neither) {
            return new Judgement.Preferred(
                    bad > weights[1] / 2 + ROUNDING ? new Preference.BothBad() : new Preference.Tie());
        }
        return new Judgement.Preferred(left ? new Preference.Left() : new Preference.Right());
    }

    private static List<OptionalDouble> scores(Vote vote) {
        if (vote.judgement instanceof Judgement.Scored(List<OptionalDouble> scores)) {
            return scores;
        }
        throw new IllegalArgumentException(vote.judgement + " is not a score");
    }

    /** The mean score of each alternative, over the members that scored it. */
    private static List<OptionalDouble> means(List<Vote> votes) {
        List<OptionalDouble> means = new ArrayList<>();
        for (int i = 0; i < scores(votes.getFirst()).size(); i++) {
            double sum = 0;
            double weight = 0;
            for (Vote vote : votes) {
                OptionalDouble score = scores(vote).get(i);
                if (score.isPresent()) {
                    sum += vote.weight * score.getAsDouble();
                    weight += vote.weight;
                }
            }
            means.add(weight == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weight));
        }
        return means;
    }

    /** A verdict on which as many say "correct" as not is none: there is no score between. */
    private static Judgement verdicts(List<Vote> votes) {
        return new Judgement.Scored(means(votes).stream()
                .map(mean -> mean.isEmpty() || Math.abs(mean.getAsDouble() - 0.5) < ROUNDING
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(mean.getAsDouble() > 0.5 ? 1 : 0))
                .toList());
    }

    private static Judgement order(List<Vote> votes) {
        double[] mean = new double[places(votes.getFirst()).size()];
        double weight = votes.stream().mapToDouble(Vote::weight).sum();
        for (Vote vote : votes) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vote.weight * places(vote).get(i) / weight;
            }
        }
        List<Integer> places = new ArrayList<>();
        for (double each : mean) {
            places.add((int)
                    Arrays.stream(mean).filter(other -> other < each - ROUNDING).count());
        }
        return new Judgement.Ordered(places);
    }

    private static List<Integer> places(Vote vote) {
        if (vote.judgement instanceof Judgement.Ordered(List<Integer> places)) {
            return places;
        }
        throw new IllegalArgumentException(vote.judgement + " is not an order");
    }
}
