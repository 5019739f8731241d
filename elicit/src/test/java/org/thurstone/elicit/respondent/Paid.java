package org.thurstone.elicit.respondent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.Provenance;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.TestQuestions;

/** Prefers the longer one, for a price per answer. */
record Paid(Identity identity, double price) implements Respondent {

    static Paid of(String name, double price) {
        return new Paid(Identity.of(name), price);
    }

    @Override
    public Set<Question.Form> forms() {
        return Set.of(Question.Form.values());
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        asked.forEach(p -> elicitation.answer(
                p,
                TestQuestions.byLength(p),
                Provenance.by(identity.name()),
                Optional.of("it is longer"),
                new Cost(price, 10, 1)));
    }

    @Override
    public boolean costs() {
        return true;
    }
}
