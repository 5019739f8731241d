package org.thurstone.elicit.respondent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.elicit.ledger.AnswerCache;
import org.thurstone.recipe.Method;

/**
 * Caches a respondent's answers across runs: a question that was asked before, in the same order and of a respondent with the same settings, is not
 * asked again. Failures and abstentions are not cached. Use it for respondents that are slow or paid, but not for random ones: a run would get
 * answers that belong to another run's seed.
 */
@Method(name = "cached", kind = "respondent", summary = "caches answers across runs")
public record Cached(RespondentSource respondent) implements RespondentSource {

    @Override
    public List<RespondentSource> sources() {
        return List.of(respondent);
    }

    @Override
    public Respondent open(Opening opening) {
        return of(respondent.open(opening), opening.cache(), opening.notices());
    }

    /**
     * A cache for a respondent that is open.
     *
     * @param directory is made where it is missing
     * @param warnings takes a line if the answers cannot be kept there
     */
    static Respondent of(Respondent member, Path directory, Consumer<String> warnings) {
        AnswerCache cache = AnswerCache.of(directory.resolve("answers"), member.identity(), warnings);
        return new Remembering(member, cache, Composite.identity("cached", "", List.of(member)));
    }

    private record Remembering(Respondent member, AnswerCache cache, Identity identity) implements Respondent {

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
            List<Presentation> missing = new ArrayList<>();
            for (Presentation p : asked) {
                Optional<Answer> kept = cache.find(p);
                kept.ifPresentOrElse(answer -> answers.put(p, answer), () -> missing.add(p));
            }
            Map<Presentation, String> failed = new HashMap<>();
            Map<Presentation, Answer> fresh = elicitation.ask(member, missing, failed::put);
            cache.keep(missing.stream()
                    .flatMap(p -> Optional.ofNullable(fresh.get(p)).stream())
                    .filter(answer -> !answer.abstained())
                    .toList());
            answers.putAll(fresh);
            Composite.pass(asked, answers, failed, elicitation);
        }
    }
}
