package org.thurstone.elicit.respondent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Ledger;

/** The accuracy of annotators on the gold questions of a run. */
public final class GoldAccuracy {

    /** The respondent of the correct answers, which are in the ledger like any others. */
    static final String TRUTH = "gold-answers";

    private GoldAccuracy() {}

    /**
     * The accuracy of an annotator on gold questions. An answer is correct if it is on the side of the right one, whatever the grade; ties and "both
     * bad" are a side of their own.
     *
     * @param answered gold questions, abstentions left out
     */
    public record Score(int right, int answered) {

        static final Score NONE = new Score(0, 0);

        static Score of(Answer answer, Judgement right) {
            if (answer.judgement() instanceof Judgement.Preferred(Preference given)
                    && right instanceof Judgement.Preferred(Preference known)) {
                boolean same = Math.signum(given.probability() - 0.5) == Math.signum(known.probability() - 0.5);
                return new Score(same ? 1 : 0, 1);
            }
            return NONE;
        }

        Score plus(Score other) {
            return new Score(right + other.right, answered + other.answered);
        }

        /** The share that is correct, in [0, 1]; 0 if none was answered. */
        public double share() {
            return answered == 0 ? 0 : (double) right / answered;
        }
    }

    /** The accuracies by annotator, in alphabetical order; empty for a run without gold questions. */
    public static Map<String, Score> of(Ledger ledger) {
        List<Ledger.Entry> entries = ledger.entries();
        Map<String, Judgement> truth = new HashMap<>();
        for (Ledger.Entry entry : entries) {
            if (isTruth(entry)) {
                entry.answer().ifPresent(a -> truth.put(a.question().id(), a.judgement()));
            }
        }
        Map<String, Score> scores = new TreeMap<>();
        for (Ledger.Entry entry : entries) {
            Judgement right = truth.get(entry.presentation().question().id());
            if (right != null && !isTruth(entry)) {
                entry.answer().ifPresent(a -> scores.merge(a.by().annotator(), Score.of(a, right), Score::plus));
            }
        }
        return scores;
    }

    private static boolean isTruth(Ledger.Entry entry) {
        return entry.respondent().startsWith(TRUTH + "@");
    }
}
