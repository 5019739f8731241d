package org.thurstone.feedback.annotator;

import java.util.random.RandomGenerator;
import org.thurstone.data.Preference;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.recipe.NamedPart;

/** Says which completion of a pair is better. */
@FunctionalInterface
public interface Annotator extends RespondentSource {

    Preference annotate(CandidatePair pair, RandomGenerator random);

    @Override
    default Respondent open(Opening opening) {
        Respondent judge = opening.judge()
                .orElseThrow(
                        () -> new UserError("the annotator " + this + " answers from a judge's scores, and there is no"
                                + " judge: name one, or another annotator, such as 'file'"));
        return new AnnotatorRespondent(
                this,
                judge,
                new Identity(
                        NamedPart.name(getClass()),
                        this + " " + judge.identity().key()));
    }
}
