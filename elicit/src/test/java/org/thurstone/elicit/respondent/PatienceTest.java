package org.thurstone.elicit.respondent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentError;
import org.thurstone.elicit.TestQuestions;
import org.thurstone.elicit.TestQuestions.Listening;
import org.thurstone.elicit.TestQuestions.Scripted;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.elicit.ledger.MemoryLedger;

/** Respondents that fail, hang, cost or must not be asked too often. */
class PatienceTest {

    @TempDir
    Path directory;

    /** Fails at each question so many times before it answers. */
    private static Respondent failing(int times, List<Integer> batches) {
        Map<String, Integer> tries = new HashMap<>();
        return new Scripted("flaky", Set.of(Question.Form.PAIR), (asked, e) -> {
            batches.add(asked.size());
            asked.forEach(p -> {
                int odd = p.question().prompt().text().plain().endsWith("1") ? times : 0;
                if (tries.merge(p.key(), 1, Integer::sum) <= odd) {
                    e.fail(p, "time-out " + tries.get(p.key()));
                } else {
                    e.answer(p, Openings.LEFT);
                }
            });
        });
    }

    @Test
    void failedQuestionsAreRetriedAfterDoublingPauses() {
        List<Integer> batches = new ArrayList<>();
        Openings.FakeTime time = new Openings.FakeTime();
        Respondent retrying = new Retrying(Openings.of(failing(3, batches)), 4, Duration.ofSeconds(2))
                .open(Openings.withoutJudge(), time);
        assertThat(TestQuestions.inquiry().ask(retrying, TestQuestions.pairs(10)))
                .hasSize(10);
        assertThat(batches).containsExactly(10, 1, 1, 1);
        assertThat(time.slept).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void persistentFailureKeepsTheLastReason() {
        MemoryLedger ledger = new MemoryLedger();
        Respondent retrying = new Retrying(Openings.of(failing(9, new ArrayList<>())), 3, Duration.ZERO)
                .open(Openings.withoutJudge(), new Openings.FakeTime());
        assertThatThrownBy(() -> TestQuestions.inquiry(ledger).ask(retrying, TestQuestions.pairs(10)))
                .hasMessageContaining("retrying(flaky) left 1 of 10")
                .hasMessageContaining("first reason: time-out 3");
        assertThat(ledger.tallies().get("flaky").failed()).isEqualTo(3);
    }

    @Test
    void aRespondentThatThrowsIsAskedAgain() {
        int[] calls = {0};
        List<Integer> batches = new ArrayList<>();
        Respondent broken = new Scripted("broken", Set.of(Question.Form.PAIR), (asked, e) -> {
            batches.add(asked.size());
            e.answer(asked.getFirst(), Openings.LEFT);
            if (++calls[0] < 3) {
                throw new IllegalStateException("connection reset");
            }
            asked.stream().skip(1).forEach(p -> e.answer(p, Openings.LEFT));
        });
        Retrying three = new Retrying(Openings.of(broken), 3, Duration.ZERO);
        assertThat(TestQuestions.inquiry()
                        .ask(three.open(Openings.withoutJudge(), new Openings.FakeTime()), TestQuestions.pairs(5)))
                .hasSize(5);
        assertThat(batches).as("answers before it threw are kept").containsExactly(5, 4, 3);
        calls[0] = 0;
        Retrying two = new Retrying(Openings.of(broken), 2, Duration.ZERO);
        assertThatThrownBy(() -> TestQuestions.inquiry()
                        .ask(two.open(Openings.withoutJudge(), new Openings.FakeTime()), TestQuestions.pairs(5)))
                .isInstanceOf(RespondentError.class)
                .hasMessageContaining("broken stopped after 1 of 4 answers")
                .hasMessageContaining("connection reset");
    }

    @Test
    void questionsAreSpacedEvenly() {
        Openings.FakeTime time = new Openings.FakeTime();
        List<Long> when = new ArrayList<>();
        Respondent noting = TestQuestions.each("noting", (p, e) -> {
            when.add(time.now / 1_000_000_000);
            e.answer(p, Openings.LEFT);
        });
        Respondent limited = new RateLimited(Openings.of(noting), 20, 1).open(Openings.withoutJudge(), time);
        Inquiry inquiry = TestQuestions.inquiry();
        inquiry.ask(limited, TestQuestions.pairs(3));
        assertThat(when).containsExactly(0L, 3L, 6L);
        // Answered questions do not wait, and a pause that has passed is not repeated.
        time.now += 100_000_000_000L;
        inquiry.ask(limited, TestQuestions.pairs(5));
        assertThat(when).containsExactly(0L, 3L, 6L, 106L, 109L);
        List<Long> before = List.copyOf(when);
        Respondent pairs = new RateLimited(Openings.of(noting), 20, 2).open(Openings.withoutJudge(), time);
        TestQuestions.inquiry().ask(pairs, TestQuestions.pairs(5));
        assertThat(when.subList(before.size(), when.size())).containsExactly(109L, 109L, 115L, 115L, 121L);
    }

    @Test
    void aCapOnCostHoldsAcrossRestarts() {
        List<Question> questions = TestQuestions.pairs(20);
        Listening llm = new Listening(Paid.of("llm", 0.3));
        for (int restart = 0; restart < 3; restart++) {
            try (FileLedger ledger = FileLedger.open(directory, "run")) {
                Respondent capped = new Capped(Openings.of(llm), 1, 1).open(Openings.withoutJudge());
                Inquiry inquiry = TestQuestions.inquiry(ledger, 0.8, 1, new ArrayList<>());
                assertThat(inquiry.ask(capped, questions)).hasSize(4);
                assertThat(llm.heard()).hasSize(4);
                assertThatThrownBy(() -> TestQuestions.inquiry(ledger).ask(capped, questions))
                        .hasMessageContaining("capped(llm) left 16 of 20 questions without an answer")
                        .hasMessageContaining(
                                "first reason: the cap on cost is reached: the answers of llm have cost 1.2 of 1.0");
            }
        }
        try (FileLedger ledger = FileLedger.open(directory, "run")) {
            Respondent raised = new Capped(Openings.of(llm), 100, 1).open(Openings.withoutJudge());
            assertThat(TestQuestions.inquiry(ledger).ask(raised, questions)).hasSize(20);
            assertThat(llm.heard()).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void costsOfMembersCountTowardsTheCap() {
        Listening llm = new Listening(Paid.of("llm", 0.5));
        Respondent capped =
                new Capped(new Majority(Openings.of(llm), 3, Label.VOTE, Ties.TIE), 3, 1).open(Openings.withoutJudge());
        assertThat(TestQuestions.inquiry(new MemoryLedger(), 1, 1, new ArrayList<>())
                        .ask(capped, TestQuestions.pairs(10)))
                .hasSize(2);
        assertThat(llm.heard()).hasSize(6);
    }

    @Test
    void aRespondentThatHangsIsLeftBehind() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        List<String> late = Collections.synchronizedList(new ArrayList<>());
        Respondent hangs = new Scripted("hangs", Set.of(Question.Form.PAIR), (asked, e) -> {
            // Three of five; nothing of the two that are asked again.
            asked.stream().limit(asked.size() - 2L).forEach(p -> e.answer(p, Openings.LEFT));
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ex) {
                try {
                    e.answer(asked.getLast(), Openings.LEFT);
                } catch (RespondentError refused) {
                    late.add(refused.getMessage());
                }
                interrupted.countDown();
            }
        });
        Openings.FakeTime time = new Openings.FakeTime(() -> hanging.getCount() == 0);
        Respondent timeout =
                new Timeout(Openings.of(hangs), Duration.ofSeconds(90)).open(Openings.withoutJudge(), time);
        MemoryLedger ledger = new MemoryLedger();
        List<String> warnings = new ArrayList<>();
        Map<Question, Answer> answers =
                TestQuestions.inquiry(ledger, 0.5, 1, warnings).ask(timeout, TestQuestions.pairs(5));
        assertThat(answers).hasSize(3);
        assertThat(warnings).singleElement().asString().contains("2 of 5", "2 failed");
        interrupted.await();
        assertThat(late).singleElement().asString().endsWith("was answered after its time was up");
        assertThat(ledger.tallies().get("hangs").failed()).isEqualTo(2);
        assertThatThrownBy(() -> TestQuestions.inquiry(ledger).ask(timeout, TestQuestions.pairs(5)))
                .hasMessageContaining("first reason: there was no answer within 1m30s");
    }

    @Test
    void exceptionsWithinTheLimitArePropagated() {
        Respondent broken = TestQuestions.each("broken", (p, e) -> {
            throw new UserError("no key is set");
        });
        Respondent timeout = new Timeout(Openings.of(broken), Duration.ofHours(1)).open(Openings.withoutJudge());
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(timeout, TestQuestions.pairs(2)))
                .hasMessageStartingWith("broken stopped after 0 of 2 answers: no key is set");
    }

    @Test
    void otherRunsFindWhatIsCached() {
        List<Question> questions = TestQuestions.pairs(10);
        Listening llm = new Listening(Paid.of("llm", 0.5));
        Map<Question, Answer> first = TestQuestions.inquiry().ask(cached(llm), questions.subList(0, 6));
        MemoryLedger ledger = new MemoryLedger();
        Map<Question, Answer> second = TestQuestions.inquiry(ledger).ask(cached(llm), questions);
        assertThat(llm.heard()).hasSize(10).doesNotHaveDuplicates();
        assertThat(second).containsAllEntriesOf(first);
        assertThat(second.values()).allMatch(a -> a.by().annotator().equals("llm"));
        assertThat(ledger.tallies().get("llm").cost().amount()).isEqualTo(2);
        TestQuestions.inquiry().ask(cached(new Listening(Paid.of("another", 0.5))), questions);
        assertThat(llm.heard()).hasSize(10);
    }

    private Respondent cached(Respondent respondent) {
        return new Cached(Openings.of(respondent)).open(Openings.in(directory, respondent));
    }

    @Test
    void aCacheThatCannotBeWrittenIsWarnedOfAndKeptForTheRun() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "a file where the cache should be");
        for (Path cache : List.of(file, file.resolve("below"), Path.of("/proc/none"))) {
            List<String> warnings = new ArrayList<>();
            Listening llm = new Listening(Paid.of("llm", 1));
            Respondent cached = Cached.of(llm, cache, warnings::add);
            TestQuestions.inquiry().ask(cached, TestQuestions.pairs(3));
            TestQuestions.inquiry().ask(cached, TestQuestions.pairs(3));
            assertThat(llm.heard()).hasSize(3);
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("cannot write " + cache)
                    .endsWith("; answers are not cached for the next run");
        }
    }

    /** Two runs at once: each finds what the other had when it last added something. */
    @Test
    void runsShareACacheAtTheSameTime() {
        Listening one = new Listening(Paid.of("llm", 1));
        Listening two = new Listening(Paid.of("llm", 1));
        Respondent first = cached(one);
        Respondent second = cached(two);
        List<Question> questions = TestQuestions.pairs(9);
        Inquiry inquiry = TestQuestions.inquiry();
        Inquiry other = TestQuestions.inquiry();
        inquiry.ask(first, questions.subList(0, 3));
        other.ask(second, questions.subList(2, 5));
        inquiry.ask(first, questions.subList(4, 9));
        other.ask(second, questions);
        assertThat(one.heard()).hasSize(8);
        assertThat(two.heard()).as("asks what was new since it last added").hasSize(3 + 4);
        Listening three = new Listening(Paid.of("llm", 1));
        TestQuestions.inquiry().ask(cached(three), questions);
        assertThat(three.heard()).isEmpty();
    }

    @Test
    void threadsShareACache() {
        IntStream.range(0, 8)
                .parallel()
                .forEach(i -> TestQuestions.inquiry()
                        .ask(cached(Paid.of("llm", 1)), TestQuestions.pairs(40).subList(4 * i, 4 * i + 8)));
        Listening last = new Listening(Paid.of("llm", 1));
        TestQuestions.inquiry().ask(cached(last), TestQuestions.pairs(36));
        assertThat(last.heard()).isEmpty();
    }

    @Test
    void failuresAndAbstentionsAreNotCached() {
        Respondent unsure = TestQuestions.each("unsure", (p, e) -> {
            if (p.question().prompt().text().plain().endsWith("0")) {
                e.fail(p, "a time-out");
            } else {
                e.answer(p, Openings.abstained("no English"));
            }
        });
        TestQuestions.inquiry(new MemoryLedger(), 1, 1, new ArrayList<>()).ask(cached(unsure), TestQuestions.pairs(2));
        Listening again = new Listening(TestQuestions.length("unsure"));
        assertThat(TestQuestions.inquiry().ask(cached(again), TestQuestions.pairs(2)))
                .hasSize(2);
        assertThat(again.heard()).hasSize(2);
    }

    @Test
    void aTornCacheIsMendedAndADamagedOneIsAnError() throws IOException {
        TestQuestions.inquiry().ask(cached(TestQuestions.length("length")), TestQuestions.pairs(4));
        Path file;
        try (Stream<Path> files = Files.list(directory.resolve("answers"))) {
            file = files.filter(f -> f.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
        String whole = Files.readString(file);
        Files.writeString(file, "{\"answer\": \"half a li", StandardOpenOption.APPEND);
        Listening again = new Listening(TestQuestions.length("length"));
        TestQuestions.inquiry().ask(cached(again), TestQuestions.pairs(4));
        assertThat(again.heard()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(whole);
        Files.writeString(file, whole.replaceFirst("right|left", "tie"));
        assertThatThrownBy(() -> cached(again))
                .hasMessageMatching(
                        "(?s).*jsonl:\\d: the line is damaged: it does not fit its checksum. Delete the file.*");
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThatThrownBy(() -> new Retrying(new FromFile(""), 0, Duration.ZERO))
                .hasMessageContaining("attempts 0");
        assertThatThrownBy(() -> new RateLimited(new FromFile(""), 0, 1)).hasMessageContaining("perMinute 0.0");
        assertThatThrownBy(() -> new Capped(new FromFile(""), 0, 1)).hasMessageContaining("amount 0.0");
        assertThatThrownBy(() -> new Timeout(new FromFile(""), Duration.ZERO)).hasMessageContaining("limit PT0S");
    }
}
