package org.thurstone.elicit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.UserError;

/**
 * Puts questions to respondents. Questions with an answer in the ledger are not asked again. Each new answer is checked and stored before it is used.
 * Questions that a respondent leaves open park the run.
 *
 * <p>Not safe for concurrent use: one stage asks at a time. A respondent may call its {@link Elicitation} from several threads while {@link
 * Respondent#ask} runs.
 */
public final class Inquiry {

    /**
     * The number of questions that may stay without an answer.
     *
     * @param failures the share of questions, in [0, 1], that may fail or be abstained from; they are left out and never get a default label
     * @param answers the share of questions, in (0, 1], that must be answered before a run continues; 1 waits for all
     */
    public record Tolerance(double failures, double answers) {

        public static final Tolerance DEFAULT = new Tolerance(0.05, 1);

        /** Shares are decimal: 29 of 100 questions are not more than 0.29 of them, though 0.29 × 100 is below 29 in binary. */
        private static final double ROUNDING = 1e-9;

        public Tolerance {
            if (!(failures >= 0 && failures <= 1)) {
                throw new IllegalArgumentException("failures " + failures + " is not a share in 0 … 1");
            }
            if (!(answers > 0 && answers <= 1)) {
                throw new IllegalArgumentException("answers " + answers + " is not a share above 0 and at most 1");
            }
        }

        boolean tooManyFailed(int failed, int all) {
            return failed > failures * all + ROUNDING;
        }

        boolean tooFewAnswered(int answered, int all) {
            return answered < answers * all - ROUNDING;
        }
    }

    private final Ledger ledger;
    private final Function<String, SplittableGenerator> randomness;
    private final Tolerance tolerance;
    private final Consumer<String> warnings;

    /**
     * @param randomness of a name, decided by the run's seed
     * @param warnings receives a line if questions failed, but few enough to continue
     */
    public Inquiry(
            Ledger ledger,
            Function<String, SplittableGenerator> randomness,
            Tolerance tolerance,
            Consumer<String> warnings) {
        this.ledger = ledger;
        this.randomness = randomness;
        this.tolerance = tolerance;
        this.warnings = warnings;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The stored answer of a respondent to a question, in the order of presentation that the question's id determines; nothing is asked. */
    public Optional<Answer> find(Respondent respondent, Question question) {
        return ledger.find(Presentation.of(question), respondent.identity());
    }

    /**
     * Asks questions, each shown once, in the order that its id determines.
     *
     * @return the answers by question, in the order of questions; those that failed, were abstained from or may come late are missing
     * @throws Parked if too many are still open
     * @throws UserError if too many failed or were abstained from, or if the respondent throws; all answers are stored
     */
    public Map<Question, Answer> ask(Respondent respondent, List<Question> questions) {
        Map<Question, Presentation> presentations = new LinkedHashMap<>();
        questions.forEach(q -> presentations.computeIfAbsent(q, Presentation::of));
        Batch batch = new Batch(respondent);
        Map<Presentation, Answer> answers = batch.run(List.copyOf(presentations.values()));
        return settle(respondent, presentations, answers, batch);
    }

    /**
     * Records durably that a stage uses the answers to these questions, so that they can no longer be corrected. A stage records this before its
     * output is written; otherwise, a correction in between would be accepted without effect. If the run is stopped in between, the stage is computed
     * again from the same answers. Respondents whose answers cannot be corrected are not recorded.
     *
     * @param stage name of the stage, for the message that a correction is too late
     */
    public void close(String stage, Respondent respondent, List<Question> questions) {
        if (respondent.waits() && !questions.isEmpty()) {
            ledger.close(stage, questions);
            ledger.sync();
        }
    }

    private Map<Question, Answer> settle(
            Respondent respondent,
            Map<Question, Presentation> presentations,
            Map<Presentation, Answer> answers,
            Batch batch) {
        Map<Question, Answer> settled = new LinkedHashMap<>();
        int abstained = 0;
        int failed = 0;
        for (Map.Entry<Question, Presentation> e : presentations.entrySet()) {
            Answer answer = answers.get(e.getValue());
            if (answer == null) {
                failed += batch.failures.containsKey(e.getValue()) ? 1 : 0;
            } else if (answer.abstained()) {
                abstained++;
            } else {
                settled.put(e.getKey(), answer);
            }
        }
        int all = presentations.size();
        int open = all - answers.size() - failed;
        if (tolerance.tooManyFailed(abstained + failed, all)) {
            throw new UserError(
                    "%s left %d of %d questions without an answer (%d failed, %d abstained), more than the %s %% that are tolerated; first reason: %s. Every answer is kept: start the run again to ask the others again"
                            .formatted(
                                    respondent.identity().name(),
                                    abstained + failed,
                                    all,
                                    failed,
                                    abstained,
                                    percent(tolerance.failures),
                                    batch.firstReason(answers)));
        }
        if (abstained + failed > 0) {
            warnings.accept("%s left %d of %d questions without an answer (%d failed, %d abstained); they are left out"
                    .formatted(respondent.identity().name(), abstained + failed, all, failed, abstained));
        }
        if (open > 0 && tolerance.tooFewAnswered(all - open, all)) {
            throw new Parked(open);
        }
        return settled;
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    /** One call of a respondent, and of those that it asks in turn. */
    private final class Batch implements Elicitation {
        private final Respondent respondent;
        private final Identity identity;
        private final Set<Presentation> expected = new HashSet<>();
        private final Map<Presentation, Answer> answers = new HashMap<>();
        private final Map<Presentation, String> failures = new LinkedHashMap<>();
        private final Map<Prompt, Set<Question>> askedInTurn = new HashMap<>();
        private boolean closed;

        Batch(Respondent respondent) {
            this.respondent = respondent;
            this.identity = respondent.identity();
        }

        Map<Presentation, Answer> run(List<Presentation> asked) {
            List<Presentation> missing = new ArrayList<>();
            for (Presentation p : asked) {
                if (!respondent.forms().contains(p.question().form())) {
                    throw new RespondentError(identity.name() + " does not answer questions of form "
                            + p.question().form() + ", only " + respondent.forms());
                }
                Optional<Answer> known = ledger.find(p, identity);
                if (known.isPresent()) {
                    answers.put(p, known.get());
                } else if (expected.add(p)) {
                    missing.add(p);
                }
            }
            if (!missing.isEmpty()) {
                missing.forEach(p -> ledger.ask(p, identity));
                if (respondent.costs() && !respondent.notesAttempts()) {
                    missing.forEach(p -> ledger.attempt(p, identity));
                    ledger.sync();
                }
                call(missing);
            }
            return Map.copyOf(answers);
        }

        private void call(List<Presentation> missing) {
            try {
                CrashPoint.RESPONDENT.reached();
                respondent.ask(missing, this);
            } catch (RespondentError | Parked e) {
                // The message already names the respondent.
                throw e;
            } catch (RuntimeException e) {
                throw new RespondentError(
                        "%s stopped after %d of %d answers: %s. They are kept: start the run again to ask for the others"
                                .formatted(
                                        identity.name(),
                                        answered(missing),
                                        missing.size(),
                                        e instanceof UserError ? e.getMessage() : e.toString()),
                        e);
            } finally {
                close();
                ledger.sync();
            }
        }

        private synchronized long answered(List<Presentation> asked) {
            return asked.stream().filter(answers::containsKey).count();
        }

        private synchronized void close() {
            closed = true;
        }

        private synchronized void refuseIfClosed(String what) {
            if (closed) {
                throw new RespondentError(identity.name() + " " + what + " after its call ended");
            }
        }

        String firstReason(Map<Presentation, Answer> all) {
            return failures.values().stream()
                    .findFirst()
                    .or(() -> all.values().stream()
                            .map(Answer::judgement)
                            .filter(Judgement.Abstained.class::isInstance)
                            .map(j -> ((Judgement.Abstained) j).reason())
                            .findFirst())
                    .orElse("none given");
        }

        @Override
        public SplittableGenerator random(Presentation asked) {
            return randomness.apply("answer " + asked.key() + " " + identity.name());
        }

        @Override
        public void answer(Presentation asked, Judgement judgement) {
            answer(asked, judgement, Provenance.by(identity.name()), Optional.empty(), Cost.NONE);
        }

        @Override
        public synchronized void answer(
                Presentation asked, Judgement judgement, Provenance by, Optional<String> rationale, Cost cost) {
            expect(asked);
            Question question = asked.question();
            if (!judgement.answers(question.form(), question.alternatives().size())) {
                throw new RespondentError("%s answered %s with %s, which is not an answer to %d alternatives"
                        .formatted(
                                identity.name(),
                                question,
                                judgement,
                                question.alternatives().size()));
            }
            closeAskedInTurn(question);
            Answer answer = new Answer(asked, identity.key(), judgement.from(asked.order()), by, rationale, cost);
            ledger.answer(answer);
            answers.put(asked, answer);
            failures.remove(asked);
        }

        /** An answer that was computed from others is stored like any other, so that those can no longer be corrected. */
        private void closeAskedInTurn(Question question) {
            if (respondent.waits()) {
                ledger.close(
                        identity.name(),
                        askedInTurn.getOrDefault(question.prompt(), Set.of()).stream()
                                .filter(q -> question.alternatives().containsAll(q.alternatives()))
                                .toList());
            }
        }

        @Override
        public synchronized void fail(Presentation asked, String reason, Cost cost) {
            expect(asked);
            ledger.fail(asked, identity, reason, cost);
            failures.put(asked, reason);
        }

        @Override
        public synchronized void attempt(Presentation asked, Cost reserved) {
            expect(asked);
            ledger.attempt(asked, identity, reserved);
            ledger.sync();
        }

        @Override
        public long attempts(Respondent other) {
            return ledger.tallies()
                    .getOrDefault(other.identity().key(), Ledger.Tally.NONE)
                    .attempts();
        }

        private void expect(Presentation asked) {
            refuseIfClosed("answered " + asked.question());
            if (!expected.contains(asked)) {
                throw new RespondentError(identity.name() + " answered " + asked.question()
                        + ", which it was not asked in this call, or not in this order");
            }
            if (answers.containsKey(asked)) {
                throw new RespondentError(identity.name() + " answered " + asked.question() + " twice");
            }
        }

        @Override
        public Map<Presentation, Answer> ask(
                Respondent other, List<Presentation> asked, BiConsumer<Presentation, String> failed) {
            refuseIfClosed("asked " + other.identity().name());
            if (asked.isEmpty()) {
                return Map.of();
            }
            Batch batch = new Batch(other);
            Map<Presentation, Answer> all = batch.run(asked);
            if (other.waits()) {
                all.keySet()
                        .forEach(p -> askedInTurn
                                .computeIfAbsent(p.question().prompt(), prompt -> new LinkedHashSet<>())
                                .add(p.question()));
            }
            batch.failures.forEach(failed);
            return all;
        }

        @Override
        public Cost spent(Respondent other) {
            Map<String, Ledger.Tally> tallies = ledger.tallies();
            Set<String> keys = new HashSet<>();
            collect(other, keys);
            Cost sum = Cost.NONE;
            for (String key : keys.stream().sorted().toList()) {
                sum = sum.plus(tallies.getOrDefault(key, Ledger.Tally.NONE).cost());
            }
            return sum;
        }

        private static void collect(Respondent respondent, Set<String> keys) {
            if (keys.add(respondent.identity().key())) {
                respondent.members().forEach(member -> collect(member, keys));
            }
        }
    }
}
