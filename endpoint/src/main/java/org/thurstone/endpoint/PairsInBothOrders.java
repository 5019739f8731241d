package org.thurstone.endpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;

/** A chat model whose pairs are shown in both orders; other questions go to it as they are. */
record PairsInBothOrders(Respondent single, Respondent both) implements Respondent {

    @Override
    public Identity identity() {
        return new Identity(single.identity().name(), both.identity().key());
    }

    @Override
    public Set<Question.Form> forms() {
        return single.forms();
    }

    @Override
    public List<Respondent> members() {
        return List.of(single, both);
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        Map<Presentation, String> failed = new HashMap<>();
        Map<Presentation, Answer> answers = new HashMap<>(elicitation.ask(both, pairs(asked, true), failed::put));
        answers.putAll(elicitation.ask(single, pairs(asked, false), failed::put));
        for (Presentation p : asked) {
            Answer answer = answers.get(p);
            String reason = failed.get(p);
            if (answer != null) {
                elicitation.answer(p, p.asShown(answer.judgement()), answer.by(), answer.rationale(), Cost.NONE);
            } else if (reason != null) {
                elicitation.fail(p, reason);
            }
        }
    }

    private static List<Presentation> pairs(List<Presentation> asked, boolean pairs) {
        return asked.stream()
                .filter(p -> (p.question().form() == Question.Form.PAIR) == pairs)
                .toList();
    }
}
