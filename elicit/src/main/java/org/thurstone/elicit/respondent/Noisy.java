package org.thurstone.elicit.respondent;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.Preference;
import org.thurstone.data.Provenance;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Method;

/**
 * Flips a respondent's preferences at random: label noise with a known rate. There is one random draw per question, whatever the answer. A flipped
 * preference loses its rationale and its annotator.
 *
 * @param flipRate probability of flipping an answer, in [0, 1]
 */
@Method(name = "noisy", kind = "annotator", summary = "a respondent whose preferences are flipped at random")
public record Noisy(RespondentSource respondent, double flipRate) implements RespondentSource {

    public Noisy {
        if (!(flipRate >= 0 && flipRate <= 1)) {
            throw new IllegalArgumentException("flipRate " + flipRate + " must be in 0…1");
        }
    }

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
        Respondent member = respondent.open(opening);
        return new Flipping(member, flipRate, Composite.identity("noisy", "flip-rate=" + flipRate, List.of(member)));
    }

    private record Flipping(Respondent member, double flipRate, Identity identity) implements Respondent {

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
            Map<Presentation, String> failed = new HashMap<>();
            Map<Presentation, Answer> answers = elicitation.ask(member, asked, failed::put);
            for (Presentation p : asked) {
                boolean flips = elicitation.random(p).nextDouble() < flipRate;
                Answer answer = answers.get(p);
                if (flips
                        && answer != null
                        && answer.judgement() instanceof Judgement.Preferred(Preference preference)) {
                    elicitation.answer(
                            p,
                            p.asShown(new Judgement.Preferred(preference.swapped())),
                            Provenance.by(identity.name()),
                            Optional.empty(),
                            Cost.NONE);
                } else {
                    Composite.pass(List.of(p), answers, failed, elicitation);
                }
            }
        }
    }
}
