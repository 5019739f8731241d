package org.thurstone.elicit;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.thurstone.data.Completion;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Prompt;

/** A respondent that scores each completion independently of the others. */
public interface Rater extends Respondent {

    /** A finite score, larger is better. */
    double rate(Prompt prompt, Completion completion);

    @Override
    default Set<Question.Form> forms() {
        return Set.of(Question.Form.RATE);
    }

    @Override
    default void ask(List<Presentation> asked, Elicitation elicitation) {
        for (Presentation p : asked) {
            CrashPoint.RESPONDENT.reached();
            elicitation.answer(
                    p,
                    new Judgement.Scored(p.shown().stream()
                            .map(c -> OptionalDouble.of(rate(p.question().prompt(), c)))
                            .toList()));
        }
    }
}
