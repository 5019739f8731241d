package org.thurstone.elicit.respondent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurstone.data.Provenance;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;

/** The common part of respondents that ask members. */
final class Composite {

    private static final int NAMED = 3;

    private Composite() {}

    /** {@code retrying(llm)}; its settings cover the identities of its members, so a composite of a changed member is asked again. */
    static Identity identity(String name, String settings, List<Respondent> members) {
        List<String> names =
                members.stream().limit(NAMED).map(m -> m.identity().name()).toList();
        String rest = members.size() > NAMED ? " and " + (members.size() - NAMED) + " more" : "";
        String keys = members.stream().map(m -> m.identity().key()).collect(Collectors.joining(", "));
        return new Identity(name + "(" + String.join(", ", names) + rest + ")", settings + " of " + keys);
    }

    /** Puts questions to a member, and passes on what it says. */
    static void relay(Respondent member, List<Presentation> asked, Elicitation elicitation) {
        Map<Presentation, String> failed = new HashMap<>();
        Map<Presentation, Answer> answers = elicitation.ask(member, asked, failed::put);
        pass(asked, answers, failed, elicitation);
    }

    /** Says what members said, in the order of asking. Its cost was counted when they said it. */
    static void pass(
            List<Presentation> asked,
            Map<Presentation, Answer> answers,
            Map<Presentation, String> failed,
            Elicitation elicitation) {
        for (Presentation p : asked) {
            Answer answer = answers.get(p);
            String reason = failed.get(p);
            if (answer != null) {
                pass(p, answer, elicitation);
            } else if (reason != null) {
                elicitation.fail(p, reason);
            }
        }
    }

    static void pass(Presentation asked, Answer answer, Elicitation elicitation) {
        elicitation.answer(asked, asked.asShown(answer.judgement()), answer.by(), answer.rationale(), Cost.NONE);
    }

    /** Says a judgement about the question's alternatives in their own order, by those whose answers it was made of. */
    static void say(Presentation asked, Judgement own, List<Answer> of, Elicitation elicitation) {
        String names = of.stream().map(a -> a.by().annotator()).distinct().collect(Collectors.joining(", "));
        Optional<String> rationale =
                of.stream().flatMap(a -> a.rationale().stream()).reduce((a, b) -> a + "\n" + b);
        elicitation.answer(asked, asked.asShown(own), Provenance.by(names), rationale, Cost.NONE);
    }

    /** The recorded answers of a respondent, without asking it. */
    static Map<Presentation, Answer> known(Respondent respondent, List<Presentation> asked, Elicitation elicitation) {
        return elicitation.ask(new Silent(respondent), asked);
    }

    /** Another occasion of the same question, of which it can have one for each name. */
    static String occasion(String occasion, String name) {
        return occasion.isEmpty() ? name : occasion + ", " + name;
    }

    /** Stands for a respondent, and says nothing. */
    private record Silent(Respondent respondent) implements Respondent {
        @Override
        public Identity identity() {
            return respondent.identity();
        }

        @Override
        public Set<Question.Form> forms() {
            return respondent.forms();
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {}
    }
}
