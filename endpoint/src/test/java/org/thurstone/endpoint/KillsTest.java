package org.thurstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.elicit.respondent.BothOrders;
import org.thurstone.elicit.respondent.Ties;
import org.thurstone.endpoint.ScriptedServer.Reply;

/** What a killed process leaves in its ledger is enough to ask no question twice that was answered, and to keep to the caps. */
class KillsTest {

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** A ledger of a process that dies at one of its entries: from then on nothing is written. */
    private static final class Mortal implements Ledger {
        private final Ledger to;
        private final AtomicInteger left;

        Mortal(Ledger to, int entries) {
            this.to = to;
            this.left = new AtomicInteger(entries);
        }

        private void live() {
            if (left.getAndDecrement() <= 0) {
                throw new Killed();
            }
        }

        @Override
        public Optional<Answer> find(Presentation asked, Identity respondent) {
            return to.find(asked, respondent);
        }

        @Override
        public void ask(Presentation asked, Identity respondent) {
            to.ask(asked, respondent);
        }

        @Override
        public synchronized void attempt(Presentation asked, Identity respondent, Cost reserved) {
            live();
            to.attempt(asked, respondent, reserved);
        }

        @Override
        public synchronized void fail(Presentation asked, Identity respondent, String reason, Cost cost) {
            live();
            to.fail(asked, respondent, reason, cost);
        }

        @Override
        public synchronized void answer(Answer answer) {
            live();
            to.answer(answer);
        }

        @Override
        public void correct(Answer answer) {
            to.correct(answer);
        }

        @Override
        public void sync() {
            to.sync();
        }

        @Override
        public void close(String stage, List<Question> questions) {
            to.close(stage, questions);
        }

        @Override
        public List<Open> open() {
            return to.open();
        }

        @Override
        public List<Entry> entries() {
            return to.entries();
        }

        @Override
        public Optional<String> closed(Question question) {
            return to.closed(question);
        }

        @Override
        public Map<String, Tally> tallies() {
            return to.tallies();
        }
    }

    /** Answers, and in one of seven cases of each kind a malformed reply, a refusal, or a reply that breaks off. */
    private static Reply troubled(ScriptedServer.Request request, Set<String> answered) {
        Reply reply = switch (request.number() % 20) {
            case 3 -> Reply.of(200, Chats.openAi("{\"better\": \"fir"));
            case 9 -> Reply.of(429, "{\"error\": {\"message\": \"slow down\"}}");
            case 15 -> Reply.of(200, Chats.preferGood(request)).cutOff();
            default -> {
                answered.add(request.body());
                yield Reply.of(200, Chats.preferGood(request));
            }
        };
        return reply.after(Duration.ofMillis(1));
    }

    private static Respondent judge(ScriptedServer server, ChatRespondent[] single) {
        single[0] = Chats.respondent(
                Chats.of("{endpoint: openai, model: m, attempts: 20, parallel: 6, cap: {calls: 300}, base-url: "
                        + server.url() + "/v1}"));
        return BothOrders.of(single[0], Ties.TIE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void attemptsAreQuestionsFailuresAndCallsInFlightAtAKill(long seed, @TempDir Path directory) {
        List<Question> questions = Chats.pairs(50);
        RandomGenerator random = new java.util.SplittableRandom(seed);
        Set<String> answered = ConcurrentHashMap.newKeySet();
        long inFlight = 0;
        try (ScriptedServer server = new ScriptedServer(r -> troubled(r, answered))) {
            ChatRespondent[] single = {null};
            for (int kill = 0; kill < 5; kill++) {
                try (FileLedger ledger = FileLedger.open(directory, "run")) {
                    Respondent judge = judge(server, single);
                    try {
                        Chats.inquiry(new Mortal(ledger, 5 + random.nextInt(40)), 1)
                                .ask(judge, questions);
                    } catch (RuntimeException | Killed e) {
                        // as the process would have ended
                    }
                    Ledger.Tally t =
                            ledger.tallies().getOrDefault(single[0].identity().key(), Ledger.Tally.NONE);
                    inFlight = t.attempts() - t.answered() - t.failed();
                }
            }
            try (FileLedger ledger = FileLedger.open(directory, "run")) {
                Respondent judge = judge(server, single);
                Map<Question, Answer> answers = Chats.inquiry(ledger, 0).ask(judge, questions);
                assertThat(answers).hasSize(50);
                Ledger.Tally t =
                        ledger.tallies().getOrDefault(single[0].identity().key(), Ledger.Tally.NONE);
                assertThat(t.answered()).isEqualTo(100);
                assertThat(t.attempts() - t.answered() - t.failed())
                        .as("calls in flight at the kills")
                        .isEqualTo(inFlight)
                        .isPositive();
                // A call may be noted and not sent, when the kill comes between.
                assertThat(t.attempts()).isEqualTo(100 + t.failed() + inFlight).isLessThanOrEqualTo(300);
                assertThat((long) server.attempts()).isBetween(100 + t.failed(), t.attempts());
                assertThat(answered).as("both orders of each pair").hasSize(100);
            }
        }
    }

    @Test
    void whatWasInFlightAtAKillCountsAgainstTheCaps(@TempDir Path directory) {
        Presentation p = Presentation.of(Chats.write(1));
        Identity who = Identity.of("chat");
        try (FileLedger ledger = FileLedger.open(directory, "run")) {
            ledger.ask(p, who);
            ledger.attempt(p, who, new Cost(0.5, 100, 50));
        }
        try (FileLedger ledger = FileLedger.open(directory, "run")) {
            assertThat(ledger.tallies().get("chat").cost()).isEqualTo(new Cost(0.5, 100, 50));
            ledger.attempt(p, who, new Cost(0.5, 100, 50));
            assertThat(ledger.tallies().get("chat").cost())
                    .as("lost, and reserved")
                    .isEqualTo(new Cost(1, 200, 100));
            ledger.fail(p, who, "malformed", new Cost(0.1, 10, 5));
            assertThat(ledger.tallies().get("chat").cost().inputTokens()).isEqualTo(110);
        }
        try (FileLedger ledger = FileLedger.open(directory, "run")) {
            assertThat(ledger.tallies().get("chat").cost().amount()).isEqualTo(0.6);
            assertThat(ledger.tallies().get("chat").attempts()).isEqualTo(2);
        }
    }
}
