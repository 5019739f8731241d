package org.thurstone.feedback.verifier;

import java.util.EnumSet;
import java.util.Set;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.NamedPart;

/** Compares a completion with an expected answer. As a respondent it checks against the reference answers of the run's prompts. */
public interface AnswerCheck extends RespondentSource {

    Verdict check(String completion, String expected);

    @Override
    default Set<Question.Form> mayAnswer() {
        return EnumSet.of(Question.Form.RATE, Question.Form.VERIFY);
    }

    @Override
    default Respondent open(Opening opening) {
        if (opening.references().isEmpty()) {
            throw new UserError(
                    "the verifier " + this + " compares with reference answers, and the prompts have none: add"
                            + " a column 'reference' to them");
        }
        return new VerifierRater(
                new KeyedVerifier(AnswerKey.byId(opening.references()), this),
                new Identity(NamedPart.name(getClass()), toString()));
    }
}
