package org.thurstone.elicit.respondent;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Limits the questions to a respondent per minute, evenly spaced. Questions that it has answered before are not asked and do not count.
 *
 * @param perMinute questions, above 0
 * @param atOnce number of questions per call, which may be answered in parallel; at least 1. The pause after a call is proportional to its number of
 *     questions
 */
@Method(name = "rate-limited", kind = "respondent", summary = "limits the questions per minute")
public record RateLimited(
        RespondentSource respondent,
        double perMinute,
        @Default("1") int atOnce) implements RespondentSource {

    public RateLimited {
        if (!(perMinute > 0) || Double.isInfinite(perMinute)) {
            throw new IllegalArgumentException("perMinute " + perMinute + " is not a finite number above 0");
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce " + atOnce + " must be at least 1");
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
        // The rate does not change answers, so it is not part of the identity.
        return new Paced(
                member, 60e9 / perMinute, atOnce, time, Composite.identity("rate-limited", "", List.of(member)));
    }

    private static final class Paced implements Respondent {
        private final Respondent member;
        private final double nanosPerQuestion;
        private final int atOnce;
        private final Time time;
        private final Identity identity;
        private long free;

        Paced(Respondent member, double nanosPerQuestion, int atOnce, Time time, Identity identity) {
            this.member = member;
            this.nanosPerQuestion = nanosPerQuestion;
            this.atOnce = atOnce;
            this.time = time;
            this.identity = identity;
            this.free = time.nanos();
        }

        @Override
        public Identity identity() {
            return identity;
        }

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
            Map<Presentation, Answer> answers = new HashMap<>(Composite.known(member, asked, elicitation));
            Map<Presentation, String> failed = new HashMap<>();
            List<Presentation> rest =
                    asked.stream().filter(p -> !answers.containsKey(p)).toList();
            for (int from = 0; from < rest.size(); from += atOnce) {
                List<Presentation> part = rest.subList(from, Math.min(rest.size(), from + atOnce));
                pause(part.size());
                answers.putAll(elicitation.ask(member, part, failed::put));
            }
            Composite.pass(asked, answers, failed, elicitation);
        }

        private void pause(int questions) {
            long now = time.nanos();
            if (free - now > 0) {
                time.sleep(Duration.ofNanos(free - now));
            } else {
                free = now;
            }
            free += Math.round(questions * nanosPerQuestion);
        }
    }
}
