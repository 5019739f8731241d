package org.thurstone.elicit.respondent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.thurstone.data.Preference;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource.Opening;

/**
 * Compares two completions by the scores that the run's judge gives to each. The judge rates each completion on its own, on the empty occasion,
 * so a completion that was rated before, for whatever purpose, is not rated again.
 */
final class FromScores implements Respondent {

    /** The verdict of a comparison of two scores. */
    @FunctionalInterface
    interface Verdict {
        /**
         * What is said with the better one on the left.
         *
         * @param gap how much better its score is, at least 0, in the judge's unit. Of equals, the one shown first is on the left
         */
        Preference of(double gap, RandomGenerator random);
    }

    private final Identity identity;
    private final Respondent judge;
    private final Verdict verdict;

    private FromScores(Identity identity, Respondent judge, Verdict verdict) {
        this.identity = identity;
        this.judge = judge;
        this.verdict = verdict;
    }

    /**
     * Opens one.
     *
     * @param settings of the verdict
     * @throws UserError if the run has no judge, or one that does not rate
     */
    static Respondent open(String name, String settings, Opening opening, Verdict verdict) {
        Respondent judge = opening.judge()
                .orElseThrow(
                        () -> new UserError(
                                "annotator '" + name
                                        + "' answers from the judge's scores, and the recipe has no judge: add `judge:`, or choose another annotator"));
        if (!judge.forms().contains(Question.Form.RATE)) {
            throw new UserError(
                    "annotator '%s' answers from the judge's scores, and judge '%s' gives none: choose another"
                            .formatted(name, judge.identity().name()));
        }
        return new FromScores(
                new Identity(name, settings + " judge=" + judge.identity().key()), judge, verdict);
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Set<Question.Form> forms() {
        return Set.of(Question.Form.PAIR);
    }

    @Override
    public List<Respondent> members() {
        return List.of(judge);
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        Set<Presentation> ratings = new LinkedHashSet<>();
        asked.forEach(p -> ratings.addAll(ratings(p)));
        Map<Presentation, String> failed = new HashMap<>();
        Map<Presentation, Answer> scores = elicitation.ask(judge, List.copyOf(ratings), failed::put);
        for (Presentation p : asked) {
            List<Answer> both = new ArrayList<>();
            for (Presentation rating : ratings(p)) {
                Answer score = scores.get(rating);
                String reason = failed.get(rating);
                if (score != null) {
                    both.add(score);
                } else if (reason != null) {
                    elicitation.fail(p, judge.identity().name() + " gave no score: " + reason);
                    break;
                }
            }
            if (both.size() == 2) {
                elicitation.answer(p, judgement(both.getFirst(), both.getLast(), elicitation.random(p)));
            }
        }
    }

    private static List<Presentation> ratings(Presentation pair) {
        return pair.shown().stream()
                .map(c -> Presentation.of(Question.rate(pair.question().prompt(), c)))
                .toList();
    }

    private Judgement judgement(Answer left, Answer right, RandomGenerator random) {
        for (Answer each : List.of(left, right)) {
            if (each.judgement() instanceof Judgement.Abstained(String reason)) {
                return new Judgement.Abstained(judge.identity().name() + " gave no score: " + reason);
            }
        }
        OptionalDouble one = score(left);
        OptionalDouble other = score(right);
        if (one.isEmpty() || other.isEmpty()) {
            return new Judgement.Abstained(judge.identity().name() + " gave no score");
        }
        double gap = one.getAsDouble() - other.getAsDouble();
        return new Judgement.Preferred(
                gap >= 0 ? verdict.of(gap, random) : verdict.of(-gap, random).swapped());
    }

    private static OptionalDouble score(Answer rating) {
        return rating.judgement() instanceof Judgement.Scored(List<OptionalDouble> scores)
                ? scores.getFirst()
                : OptionalDouble.empty();
    }
}
