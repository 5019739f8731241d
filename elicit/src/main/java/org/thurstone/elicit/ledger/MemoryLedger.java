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

    /** Attempts for which something was reserved, by respondent and question; whether they have a result does not depend on the order of lines. */
    private final Map<String, Map<String, Reserved>> reserved = new LinkedHashMap<>();

    private final Map<String, Integer> failures = new HashMap<>();

    /** @param each the reservation of an attempt */
    private record Reserved(int attempts, Cost each) {}

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
    public void attempt(Presentation presentation, Identity respondent, Cost reserved) {
        attempt(presentation, respondent.key(), reserved);
    }

    synchronized void attempt(Presentation presentation, String respondent, Cost reservation) {
        if (!reservation.equals(Cost.NONE)) {
            reserved.computeIfAbsent(respondent, r -> new HashMap<>())
                    .merge(
                            key(presentation, respondent),
                            new Reserved(1, reservation),
                            (before, one) -> new Reserved(before.attempts + 1, one.each));
        }
        count(respondent, new Tally(0, 1, 0, 0, 0, Cost.NONE));
    }

    @Override
    public void fail(Presentation presentation, Identity respondent, String reason, Cost cost) {
        fail(presentation, respondent.key(), cost);
    }

    synchronized void fail(Presentation presentation, String respondent, Cost cost) {
        failures.merge(key(presentation, respondent), 1, Integer::sum);
        count(respondent, new Tally(0, 0, 0, 0, 1, cost));
    }

    /** What is reserved for attempts that were neither answered nor failed: those in flight, and those lost when a process was killed. */
    private Cost unsettled(String respondent) {
        Cost sum = Cost.NONE;
        for (Map.Entry<String, Reserved> each :
                reserved.getOrDefault(respondent, Map.of()).entrySet()) {
            int settled = failures.getOrDefault(each.getKey(), 0) + (answers.containsKey(each.getKey()) ? 1 : 0);
            for (int i = settled; i < each.getValue().attempts; i++) {
                sum = sum.plus(each.getValue().each);
            }
        }
        return sum;
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
        Map<String, Tally> all = new LinkedHashMap<>(tallies);
        reserved.keySet()
                .forEach(respondent -> all.computeIfPresent(
                        respondent,
                        (r, t) -> new Tally(
                                t.asked(),
                                t.attempts(),
                                t.answered(),
                                t.abstained(),
                                t.failed(),
                                t.cost().plus(unsettled(r)))));
        return all;
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
