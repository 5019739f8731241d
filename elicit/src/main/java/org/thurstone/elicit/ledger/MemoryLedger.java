package org.thurstone.elicit.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.RespondentError;

/** A ledger in memory: for worlds whose respondents cost nothing, and as the index of ledgers on disk. */
public final class MemoryLedger implements Ledger {

    private final Map<String, Open> asked = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, String> closed = new HashMap<>();

    private static String key(Presentation asked, String respondent) {
        return asked.key() + " " + respondent;
    }

    @Override
    public synchronized Optional<Answer> find(Presentation presentation, Identity respondent) {
        return Optional.ofNullable(answers.get(key(presentation, respondent.key())));
    }

    @Override
    public synchronized void ask(Presentation presentation, Identity respondent) {
        ask(presentation, respondent.key());
    }

    /** @return whether it was new */
    synchronized boolean ask(Presentation presentation, String respondent) {
        boolean fresh = asked.putIfAbsent(key(presentation, respondent), new Open(presentation, respondent)) == null;
        if (fresh) {
            count(respondent, new Tally(1, 0, 0, 0, 0, Cost.NONE));
        }
        return fresh;
    }

    @Override
    public void attempt(Presentation presentation, Identity respondent) {
        attempt(presentation, respondent.key());
    }

    synchronized void attempt(Presentation presentation, String respondent) {
        count(respondent, new Tally(0, 1, 0, 0, 0, Cost.NONE));
    }

    @Override
    public void fail(Presentation presentation, Identity respondent, String reason) {
        fail(presentation, respondent.key());
    }

    synchronized void fail(Presentation presentation, String respondent) {
        count(respondent, new Tally(0, 0, 0, 0, 1, Cost.NONE));
    }

    @Override
    public synchronized void answer(Answer answer) {
        String key = key(answer.presentation(), answer.respondent());
        if (!asked.containsKey(key)) {
            throw new RespondentError(answer.question() + " was not asked of " + answer.respondent()
                    + " in this run, or not with its alternatives in this order");
        }
        if (answers.putIfAbsent(key, answer) != null) {
            throw new RespondentError(answer.question() + " has an answer by " + answer.respondent() + " already");
        }
        count(answer, 1);
    }

    @Override
    public synchronized void correct(Answer answer) {
        String stage = closed.get(answer.question().id());
        if (stage != null) {
            throw new RespondentError(
                    answer.question() + " cannot be corrected any more: " + stage + " has used its answer");
        }
        restore(answer);
    }

    /** Replaces an answer as was done in another process, when the stage that has used it since was still open. */
    synchronized void restore(Answer answer) {
        String key = key(answer.presentation(), answer.respondent());
        Answer before = answers.replace(key, answer);
        if (before == null) {
            throw new RespondentError(answer.question() + " has no answer by " + answer.respondent() + " to correct");
        }
        // The cost of the first answer remains: only the counts are reverted.
        count(before, -1);
        count(answer, 1);
    }

    @Override
    public void sync() {}

    @Override
    public synchronized void close(String stage, List<Question> questions) {
        questions.forEach(q -> closed.putIfAbsent(q.id(), stage));
    }

    @Override
    public synchronized Optional<String> closed(Question question) {
        return Optional.ofNullable(closed.get(question.id()));
    }

    @Override
    public synchronized List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(asked.size());
        asked.forEach((key, entry) -> entries.add(
                new Entry(entry.presentation(), entry.respondent(), Optional.ofNullable(answers.get(key)))));
        return entries;
    }

    @Override
    public synchronized List<Open> open() {
        List<Open> open = new ArrayList<>();
        asked.forEach((key, entry) -> {
            if (!answers.containsKey(key)) {
                open.add(entry);
            }
        });
        return open;
    }

    @Override
    public synchronized Map<String, Tally> tallies() {
        return new LinkedHashMap<>(tallies);
    }

    private void count(Answer answer, int by) {
        boolean abstained = answer.abstained();
        Tally sum = tallies.getOrDefault(answer.respondent(), Tally.NONE);
        tallies.put(
                answer.respondent(),
                new Tally(
                        sum.asked(),
                        sum.attempts(),
                        sum.answered() + (abstained ? 0 : by),
                        sum.abstained() + (abstained ? by : 0),
                        sum.failed(),
                        by > 0 ? sum.cost().plus(answer.cost()) : sum.cost()));
    }

    private void count(String respondent, Tally more) {
        Tally sum = tallies.getOrDefault(respondent, Tally.NONE);
        tallies.put(
                respondent,
                new Tally(
                        sum.asked() + more.asked(),
                        sum.attempts() + more.attempts(),
                        sum.answered() + more.answered(),
                        sum.abstained() + more.abstained(),
                        sum.failed() + more.failed(),
                        sum.cost().plus(more.cost())));
    }
}
