package org.thurstone.elicit;

import java.util.Optional;
import org.thurstone.data.Provenance;

/**
 * An answer of a respondent to a presentation.
 *
 * @param presentation the question, and the order in which it was shown
 * @param respondent the {@linkplain Identity#key() key} of who was asked
 * @param judgement about the question's alternatives in their own order, not in the order shown
 * @param by who answered: the respondent itself, or one of the people behind it
 * @param rationale why, in the respondent's words
 */
public record Answer(
        Presentation presentation,
        String respondent,
        Judgement judgement,
        Provenance by,
        Optional<String> rationale,
        Cost cost) {

    public Answer {
        Question question = presentation.question();
        if (!judgement.answers(question.form(), question.alternatives().size())) {
            throw new IllegalArgumentException("%s does not answer a question of form %s about %d alternatives"
                    .formatted(
                            judgement, question.form(), question.alternatives().size()));
        }
    }

    public Question question() {
        return presentation.question();
    }

    public boolean abstained() {
        return judgement instanceof Judgement.Abstained;
    }
}
