package org.thurstone.feedback.verifier;

import java.util.EnumSet;
import java.util.Set;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Rater;

/** A verifier as a respondent: 1 for a correct completion, 0 for any other. */
public record VerifierRater(Verifier verifier, Identity identity) implements Rater {

    @Override
    public double rate(Prompt prompt, Completion completion) {
        return verifier.verify(prompt, completion).correct() ? 1 : 0;
    }

    @Override
    public Set<Question.Form> forms() {
        return EnumSet.of(Question.Form.RATE, Question.Form.VERIFY);
    }
}
