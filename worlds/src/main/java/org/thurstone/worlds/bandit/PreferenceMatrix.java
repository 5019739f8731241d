package org.thurstone.worlds.bandit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;

/**
 * Compares a bandit's responses by matrices of preference probabilities. One question has one answer; ask it on another occasion for a fresh one.
 *
 * @param preference for each prompt P[y][z], the probability that y is better than z
 * @param exact whether an answer is the probability itself, and not a draw from it
 */
public record PreferenceMatrix(Identity identity, double[][][] preference, boolean exact) implements Respondent {

    /** People who compare as a bandit says, one draw per question. */
    public static PreferenceMatrix people(Bandit bandit) {
        return of(bandit, false);
    }

    /** Who knows the probability of each preference. */
    public static PreferenceMatrix exact(Bandit bandit) {
        return of(bandit, true);
    }

    private static PreferenceMatrix of(Bandit bandit, boolean exact) {
        String name = exact ? "exact-preferences" : "preferences";
        return new PreferenceMatrix(
                Identity.hashed(name, Arrays.deepToString(bandit.preference())), bandit.preference(), exact);
    }

    @Override
    public Set<Question.Form> forms() {
        return Set.of(Question.Form.PAIR);
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        for (Presentation p : asked) {
            List<Completion> shown = p.shown();
            double first = preference[Responses.index(p.question().prompt())][Responses.index(shown.getFirst())][
                    Responses.index(shown.getLast())];
            Preference said = exact
                    ? new Preference.Soft(first)
                    : elicitation.random(p).nextDouble() < first ? new Preference.Left() : new Preference.Right();
            elicitation.answer(p, new Judgement.Preferred(said));
        }
    }
}
