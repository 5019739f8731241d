package org.thurstone.elicit.respondent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Shows each pair once in both orders, which cancels position bias. If both answers agree, that is the answer (of two grades, the weaker one).
 * Probabilities are averaged. Answers that disagree are discarded.
 *
 * @param inconsistent the answer if the two disagree: {@code tie} or {@code abstain}
 */
@Method(
        name = "both-orders",
        kind = "annotator",
        summary = "each pair is shown in both orders; disagreement is a tie or an abstention")
public record BothOrders(
        RespondentSource respondent, @Default("tie") Ties inconsistent) implements RespondentSource {

    @Override
    public List<RespondentSource> sources() {
        return List.of(respondent);
    }

    @Override
    public Set<Question.Form> mayAnswer() {
        return EnumSet.of(Question.Form.PAIR);
    }

    @Override
    public Respondent open(Opening opening) {
        return of(respondent.open(opening), inconsistent);
    }

    /** Both orders of a respondent that is open. */
    public static Respondent of(Respondent member, Ties inconsistent) {
        return new Twice(
                member,
                inconsistent,
                Composite.identity("both-orders", "inconsistent=" + inconsistent, List.of(member)));
    }

    private record Twice(Respondent member, Ties inconsistent, Identity identity) implements Respondent {

        @Override
        public Set<Question.Form> forms() {
            return Set.of(Question.Form.PAIR);
        }

        @Override
        public List<Respondent> members() {
            return List.of(member);
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            List<Presentation> twice = new ArrayList<>();
            asked.forEach(p -> twice.addAll(List.of(p, p.reversed())));
            Map<Presentation, String> failed = new HashMap<>();
            Map<Presentation, Answer> answers = elicitation.ask(member, twice, failed::put);
            for (Presentation p : asked) {
                Answer one = answers.get(p);
                Answer other = answers.get(p.reversed());
                if (one != null && other != null) {
                    Composite.say(p, combined(one.judgement(), other.judgement()), List.of(one, other), elicitation);
                } else {
                    String reason = failed.getOrDefault(p, failed.getOrDefault(p.reversed(), ""));
                    if (!reason.isEmpty()) {
                        elicitation.fail(p, reason);
                    }
                }
            }
        }

        private Judgement combined(Judgement one, Judgement other) {
            if (one instanceof Judgement.Preferred(Preference a)
                    && other instanceof Judgement.Preferred(Preference b)) {
                return preference(a, b);
            }
            return one instanceof Judgement.Abstained ? one : other;
        }

        private Judgement preference(Preference a, Preference b) {
            double sideOfA = Math.signum(a.probability() - 0.5);
            double sideOfB = Math.signum(b.probability() - 0.5);
            if (a instanceof Preference.Soft || b instanceof Preference.Soft) {
                return new Judgement.Preferred(new Preference.Soft((a.probability() + b.probability()) / 2));
            } else if (sideOfA != sideOfB) {
                return inconsistent.judgement("the answer depends on which of the two is shown first");
            } else if (a.equals(b)) {
                return new Judgement.Preferred(a);
            } else if (a instanceof Preference.Graded(int grade, int scale)
                    && b instanceof Preference.Graded(int second, int same)
                    && scale == same) {
                return new Judgement.Preferred(Math.abs(grade) < Math.abs(second) ? a : b);
            }
            return new Judgement.Preferred(
                    sideOfA > 0 ? new Preference.Left() : sideOfA < 0 ? new Preference.Right() : new Preference.Tie());
        }
    }
}
