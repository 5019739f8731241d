package org.thurstone.elicit.respondent;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.Provenance;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentError;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Limits the wait for a respondent that hangs. After the limit, its open questions fail and later answers are refused; its thread is interrupted and
 * left behind.
 *
 * @param limit the longest time without an answer, above 0. For a respondent that answers all questions at the end of its call, allow for all of them
 */
@Method(name = "timeout", kind = "respondent", summary = "fails questions without an answer after a time limit")
public record Timeout(
        RespondentSource respondent, @Default("5m") Duration limit) implements RespondentSource {

    public Timeout {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("limit " + limit + " must be above 0");
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
        return new Relaying(
                member, new Watched(member, limit, time), Composite.identity("timeout", "", List.of(member)));
    }

    private record Relaying(Respondent member, Watched watched, Identity identity) implements Respondent {

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
            Composite.relay(watched, asked, elicitation);
        }
    }

    /** The member itself, asked in a thread that can be left behind. */
    private record Watched(Respondent member, Duration limit, Time time) implements Respondent {

        @Override
        public Identity identity() {
            return member.identity();
        }

        @Override
        public Set<Question.Form> forms() {
            return member.forms();
        }

        @Override
        public boolean costs() {
            return member.costs();
        }

        @Override
        public boolean notesAttempts() {
            return member.notesAttempts();
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            Progress progress = new Progress(elicitation, asked);
            AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
            AtomicBoolean ended = new AtomicBoolean();
            Thread thread = Thread.ofPlatform()
                    .daemon()
                    .name("asks " + identity().name())
                    .start(() -> {
                        try {
                            member.ask(asked, progress);
                        } catch (RuntimeException | Error e) {
                            thrown.set(e);
                        } finally {
                            ended.set(true);
                            progress.made.release();
                        }
                    });
            while (!ended.get()) {
                if (!time.await(progress.made, limit)) {
                    progress.giveUp("there was no answer within "
                            + limit.toString().substring(2).toLowerCase(Locale.ROOT));
                    thread.interrupt();
                    return;
                }
            }
            switch (thrown.get()) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> {}
            }
        }
    }

    /** Passes answers on, and records the time. */
    private static final class Progress implements Elicitation {
        private final Elicitation to;
        private final Set<Presentation> waiting;
        private final Semaphore made = new Semaphore(0);
        private boolean gaveUp;

        Progress(Elicitation to, List<Presentation> asked) {
            this.to = to;
            this.waiting = new LinkedHashSet<>(asked);
        }

        /** What is said while this runs waits, and is then refused. */
        synchronized void giveUp(String reason) {
            gaveUp = true;
            waiting.forEach(p -> to.fail(p, reason));
        }

        private synchronized void say(Presentation asked, Runnable what) {
            if (gaveUp) {
                throw new RespondentError(asked.question() + " was answered after its time was up");
            }
            what.run();
            waiting.remove(asked);
            made.release();
        }

        @Override
        public SplittableGenerator random(Presentation asked) {
            return to.random(asked);
        }

        @Override
        public void answer(
                Presentation asked, Judgement judgement, Provenance by, Optional<String> rationale, Cost cost) {
            say(asked, () -> to.answer(asked, judgement, by, rationale, cost));
        }

        @Override
        public void answer(Presentation asked, Judgement judgement) {
            say(asked, () -> to.answer(asked, judgement));
        }

        @Override
        public void fail(Presentation asked, String reason, Cost cost) {
            say(asked, () -> to.fail(asked, reason, cost));
        }

        @Override
        public synchronized void attempt(Presentation asked, Cost reserved) {
            if (gaveUp) {
                throw new RespondentError(asked.question() + " was attempted after its time was up");
            }
            to.attempt(asked, reserved);
        }

        @Override
        public long attempts(Respondent other) {
            return to.attempts(other);
        }

        @Override
        public Map<Presentation, Answer> ask(
                Respondent other, List<Presentation> asked, BiConsumer<Presentation, String> failed) {
            return to.ask(other, asked, failed);
        }

        @Override
        public Cost spent(Respondent other) {
            return to.spent(other);
        }
    }
}
