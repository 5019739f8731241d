package org.thurstone.elicit.respondent;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentError;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Retries questions that a respondent failed to answer, after a pause that doubles each time. A respondent that throws an exception is also asked
 * again; the last exception is rethrown.
 *
 * @param attempts maximum number of times that a question is asked, at least 1
 * @param pause before the second attempt
 */
@Method(name = "retrying", kind = "respondent", summary = "retries failed questions after a pause")
public record Retrying(
        RespondentSource respondent,
        @Default("3") int attempts,
        @Default("1s") Duration pause) implements RespondentSource {

    public Retrying {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts " + attempts + " must be at least 1");
        }
        if (pause.isNegative()) {
            throw new IllegalArgumentException("pause " + pause + " must be at least 0");
        }
    }

    @Override
    public List<RespondentSource> sources() {
        return List.of(respondent);
    }

    @Override
    public Respondent open(Opening opening) {
        return open(opening, Time.SYSTEM);
    }

    Respondent open(Opening opening, Time time) {
        Respondent member = respondent.open(opening);
        return new Patient(
                member, attempts, pause, time, Composite.identity("retrying", "attempts=" + attempts, List.of(member)));
    }

    private record Patient(Respondent member, int attempts, Duration pause, Time time, Identity identity)
            implements Respondent {

        @Override
        public Set<Question.Form> forms() {
            return member.forms();
        }

        @Override
        public List<Respondent> members() {
            return List.of(member);
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            Map<Presentation, Answer> answers = new HashMap<>();
            Map<Presentation, String> failed = new LinkedHashMap<>();
            List<Presentation> rest = asked;
            for (int attempt = 1; attempt <= attempts && !rest.isEmpty(); attempt++) {
                if (attempt > 1) {
                    time.sleep(pause.multipliedBy(1L << Math.min(30, attempt - 2)));
                }
                failed.clear();
                try {
                    answers.putAll(elicitation.ask(member, rest, failed::put));
                    rest = rest.stream().filter(failed::containsKey).toList();
                } catch (RespondentError e) {
                    if (attempt == attempts) {
                        throw e;
                    }
                }
            }
            Composite.pass(asked, answers, failed, elicitation);
        }
    }
}
