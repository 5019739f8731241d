package org.thurstone.elicit.respondent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Asks a respondent until the cost of its answers in this run reaches an amount; further questions fail. The last call may exceed the cap.
 *
 * @param amount in the currency of the respondent's cost, above 0; the cost of its members is included
 * @param atOnce number of questions between two checks of the cost, at least 1
 */
@Method(
        name = "capped",
        kind = "respondent",
        summary = "caps the cost of a respondent's answers; further questions fail")
public record Capped(
        RespondentSource respondent,
        double amount,
        @Default("1") int atOnce) implements RespondentSource {

    public Capped {
        if (!(amount > 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException("amount " + amount + " is not a finite number above 0");
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce " + atOnce + " must be at least 1");
        }
    }

    @Override
    public List<RespondentSource> sources() {
        return List.of(respondent);
    }

    @Override
    public Respondent open(Opening opening) {
        Respondent member = respondent.open(opening);
        // A cap changes no answer, and one that was raised must not have all asked again.
        return new Thrifty(member, amount, atOnce, Composite.identity("capped", "", List.of(member)));
    }

    private record Thrifty(Respondent member, double amount, int atOnce, Identity identity) implements Respondent {

        @Override
        public Set<Question.Form> forms() {
            return member.forms();
        }

        @Override
        public List<Respondent> members() {
            return List.of(member);
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            Map<Presentation, Answer> answers = new HashMap<>(Composite.known(member, asked, elicitation));
            Map<Presentation, String> failed = new HashMap<>();
            List<Presentation> rest =
                    asked.stream().filter(p -> !answers.containsKey(p)).toList();
            for (int from = 0; from < rest.size(); from += atOnce) {
                List<Presentation> part = rest.subList(from, Math.min(rest.size(), from + atOnce));
                double spent = elicitation.spent(member).amount();
                if (spent >= amount) {
                    part.forEach(p -> failed.put(
                            p,
                            "the cap on cost is reached: the answers of %s have cost %s of %s"
                                    .formatted(member.identity().name(), spent, amount)));
                } else {
                    answers.putAll(elicitation.ask(member, part, failed::put));
                }
            }
            Composite.pass(asked, answers, failed, elicitation);
        }
    }
}
