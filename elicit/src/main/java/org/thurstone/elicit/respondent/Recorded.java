package org.thurstone.elicit.respondent;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;

/**
 * Answers from a table and fails for all other questions: for the correct answers to gold questions, and for tests.
 *
 * @param answers about the alternatives in their own order
 */
public record Recorded(Identity identity, Map<Question, Judgement> answers) implements Respondent {

    public Recorded {
        answers = Map.copyOf(answers);
    }

    @Override
    public Set<Question.Form> forms() {
        return Set.of(Question.Form.values());
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        for (Presentation p : asked) {
            Judgement known = answers.get(p.question());
            if (known == null) {
                elicitation.fail(p, "there is no recorded answer");
            } else {
                elicitation.answer(p, p.asShown(known));
            }
        }
    }
}
