package org.thurstone.elicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Preference;
import org.thurstone.data.Provenance;
import org.thurstone.data.UserError;
import org.thurstone.elicit.TestQuestions.Listening;
import org.thurstone.elicit.TestQuestions.Scripted;
import org.thurstone.elicit.ledger.MemoryLedger;

class InquiryTest {

    private static final Judgement LEFT = new Judgement.Preferred(new Preference.Left());

    @Test
    void answeredQuestionsAreNotAskedAgain() {
        Inquiry inquiry = TestQuestions.inquiry();
        Listening judge = new Listening(TestQuestions.length("length"));
        List<Question> questions = TestQuestions.pairs(20);
        Map<Question, Answer> first = inquiry.ask(judge, questions.subList(0, 12));
        Map<Question, Answer> second = inquiry.ask(judge, questions);
        assertThat(judge.heard()).hasSize(20).doesNotHaveDuplicates();
        assertThat(second).containsAllEntriesOf(first);
        assertThat(List.copyOf(second.keySet())).isEqualTo(questions);
    }

    @Test
    void judgementsAreReturnedInTheOrderOfTheQuestion() {
        Map<Question, Answer> answers =
                TestQuestions.inquiry().ask(TestQuestions.length("length"), TestQuestions.pairs(50));
        answers.forEach((question, answer) -> {
            double first = question.alternatives().getFirst().text().plain().length();
            double last = question.alternatives().getLast().text().plain().length();
            assertThat(answer.judgement())
                    .isEqualTo(new Judgement.Preferred(first > last ? new Preference.Left() : new Preference.Right()));
        });
        assertThat(answers.values().stream().map(a -> a.presentation().order()).distinct())
                .as("both orders are shown")
                .hasSize(2);
    }

    @Test
    void aJudgementAsShownIsTheJudgementThatWasGiven() {
        Question question = Question.of(
                Question.Form.RANK,
                TestQuestions.prompt("rank"),
                List.of(Completion.raw("a"), Completion.raw("b"), Completion.raw("c")),
                Optional.empty(),
                "");
        Judgement given = new Judgement.Ordered(List.of(2, 0, 1));
        Presentation shown = new Presentation(question, List.of(1, 2, 0));
        assertThat(given.from(shown.order())).isEqualTo(new Judgement.Ordered(List.of(1, 2, 0)));
        assertThat(shown.asShown(given.from(shown.order()))).isEqualTo(given);
    }

    /** The same draws whatever the order, the batches, and what was answered before. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 40})
    void answersDoNotDependOnOrderOrBatches(int batch) {
        Respondent coin = TestQuestions.each(
                "coin",
                (p, e) -> e.answer(
                        p,
                        new Judgement.Preferred(
                                e.random(p).nextBoolean() ? new Preference.Left() : new Preference.Right())));
        List<Question> questions = TestQuestions.pairs(40);
        Map<Question, Answer> whole = TestQuestions.inquiry().ask(coin, questions);
        List<Question> shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(batch));
        Inquiry inquiry = TestQuestions.inquiry();
        Map<Question, Answer> parts = new HashMap<>();
        for (int from = 0; from < shuffled.size(); from += batch) {
            parts.putAll(inquiry.ask(coin, shuffled.subList(from, Math.min(shuffled.size(), from + batch))));
        }
        assertThat(parts).isEqualTo(whole);
        assertThat(whole.values().stream().map(Answer::judgement).distinct()).hasSize(2);
    }

    @Test
    void respondentThatThrowsIsNamedAndItsAnswersAreStored() {
        MemoryLedger ledger = new MemoryLedger();
        Inquiry inquiry = TestQuestions.inquiry(ledger);
        List<Question> questions = TestQuestions.pairs(5);
        Respondent broken = new Scripted("broken", Set.of(Question.Form.PAIR), (asked, elicitation) -> {
            elicitation.answer(asked.get(0), LEFT);
            elicitation.answer(asked.get(1), LEFT);
            throw new IllegalStateException("no route to host");
        });
        assertThatThrownBy(() -> inquiry.ask(broken, questions))
                .isInstanceOf(RespondentError.class)
                .hasMessage("broken stopped after 2 of 5 answers: java.lang.IllegalStateException: no route to host."
                        + " They are kept: start the run again to ask for the others")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(ledger.open()).hasSize(3);
        Listening mended = new Listening(TestQuestions.length("broken"));
        inquiry.ask(mended, questions);
        assertThat(mended.heard()).hasSize(3);
    }

    @Test
    void userErrorKeepsItsMessage() {
        Respondent lost = TestQuestions.each("reward", (p, e) -> {
            throw new UserError("cannot read good.txt: no such file");
        });
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(lost, TestQuestions.pairs(1)))
                .hasMessageStartingWith("reward stopped after 0 of 1 answers: cannot read good.txt: no such file.");
    }

    @Test
    void answeringTwiceIsRefusedByName() {
        Respondent eager = TestQuestions.each("eager", (p, e) -> {
            e.answer(p, LEFT);
            e.answer(p, LEFT);
        });
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(eager, TestQuestions.pairs(1)))
                .isInstanceOf(RespondentError.class)
                .hasMessageMatching("eager answered PAIR [0-9a-f]{32} about prompt p-prompt 0 twice");
    }

    @Test
    void answerToAnUnaskedQuestionIsRefused() {
        Respondent confused = TestQuestions.each(
                "confused", (p, e) -> e.answer(Presentation.of(TestQuestions.pair("other", "x", "y")), LEFT));
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(confused, TestQuestions.pairs(1)))
                .hasMessageMatching("confused answered .* about prompt p-other, which it was not asked in this call.*");
        Respondent swapped = TestQuestions.each("swapped", (p, e) -> e.answer(p.reversed(), LEFT));
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(swapped, TestQuestions.pairs(1)))
                .hasMessageContaining("or not in this order");
    }

    @Test
    void answeringAfterTheCallIsRefused() {
        List<Runnable> later = new ArrayList<>();
        Respondent slow = TestQuestions.each("slow", (p, e) -> {
            e.fail(p, "not yet");
            later.add(() -> e.answer(p, LEFT));
            later.add(() -> e.ask(TestQuestions.length("other"), List.of(p)));
        });
        Inquiry inquiry = TestQuestions.inquiry(new MemoryLedger(), 1, 1, new ArrayList<>());
        inquiry.ask(slow, TestQuestions.pairs(1));
        assertThatThrownBy(later.get(0)::run)
                .hasMessageContaining("slow answered PAIR")
                .hasMessageContaining("after");
        assertThatThrownBy(later.get(1)::run).hasMessage("slow asked other after its call ended");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aScoreThatIsNoNumberIsRefusedByName(double score) {
        Respondent judge = TestQuestions.each("judge", (p, e) -> e.answer(p, Judgement.Scored.of(score)));
        assertThatThrownBy(() -> TestQuestions.inquiry()
                        .ask(judge, List.of(Question.rate(TestQuestions.prompt("q"), Completion.raw("a")))))
                .isInstanceOf(RespondentError.class)
                .hasMessageStartingWith("judge stopped after 0 of 1 answers")
                .hasMessageContaining("a score must be a finite number, not " + score);
    }

    @Test
    void aWrongNumberOfScoresIsRefusedByName() {
        Respondent judge = TestQuestions.each(
                "judge",
                (p, e) -> e.answer(
                        p,
                        new Judgement.Scored(
                                List.of(OptionalDouble.of(1), OptionalDouble.of(2), OptionalDouble.of(3)))));
        Question two = Question.of(
                Question.Form.RATE,
                TestQuestions.prompt("q"),
                List.of(Completion.raw("a"), Completion.raw("b")),
                Optional.empty(),
                "");
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(judge, List.of(two)))
                .isInstanceOf(RespondentError.class)
                .hasMessageStartingWith("judge answered RATE")
                .hasMessageEndingWith("which is not an answer to 2 alternatives");
        Respondent scorer = TestQuestions.each("scorer", (p, e) -> e.answer(p, Judgement.Scored.of(1)));
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(scorer, TestQuestions.pairs(1)))
                .hasMessageContaining("is not an answer to");
    }

    @Test
    void unsupportedFormIsRefusedBeforeTheRespondentIsAsked() {
        Listening rater = new Listening(new Scripted("rater", Set.of(Question.Form.RATE), (asked, e) -> {}));
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(rater, TestQuestions.pairs(1)))
                .hasMessage("rater does not answer questions of form PAIR, only [RATE]");
        assertThat(rater.heard()).isEmpty();
    }

    /** Parameters, for 100 questions: the share that may fail, the number that fail, the number of those that are abstentions. */
    @Test
    void failuresAreToleratedUpToTheirShareAndCounted() {
        for (int borne : new int[] {0, 5, 7, 29, 100}) {
            List<String> warnings = new ArrayList<>();
            MemoryLedger ledger = new MemoryLedger();
            Inquiry inquiry = TestQuestions.inquiry(ledger, borne / 100.0, 1, warnings);
            List<Question> questions = TestQuestions.pairs(100);
            Map<Question, Answer> answers = inquiry.ask(failing(borne), questions);
            assertThat(answers).hasSize(100 - borne);
            assertThat(warnings).hasSize(borne == 0 ? 0 : 1);
            Ledger.Tally tally = ledger.tallies().get("unsure");
            assertThat(tally.failed()).isEqualTo(borne / 2);
            assertThat(tally.abstained()).isEqualTo(borne - borne / 2);
            if (borne < 100) {
                Inquiry strict = TestQuestions.inquiry(new MemoryLedger(), borne / 100.0, 1, warnings);
                assertThatThrownBy(() -> strict.ask(failing(borne + 1), questions))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("unsure left " + (borne + 1) + " of 100 questions without an answer")
                        .hasMessageContaining("more than the " + borne + " % that are tolerated")
                        .hasMessageContaining("first reason: ");
                assertThat(strict.ledger().tallies().get("unsure").answered()).isEqualTo(99 - borne);
            }
        }
    }

    /** The first so many of a hundred are failed and abstained from in turn. */
    private static Respondent failing(int count) {
        return new Scripted("unsure", Set.of(Question.Form.PAIR), (asked, elicitation) -> {
            for (int i = 0; i < asked.size(); i++) {
                if (i >= count) {
                    elicitation.answer(asked.get(i), LEFT);
                } else if (i % 2 == 1) {
                    elicitation.fail(asked.get(i), "a time-out");
                } else {
                    elicitation.answer(asked.get(i), new Judgement.Abstained("both are in Greek"));
                }
            }
        });
    }

    @Test
    void failuresAreAskedAgainAndAbstentionsAreNot() {
        Inquiry inquiry = TestQuestions.inquiry(new MemoryLedger(), 1, 1, new ArrayList<>());
        List<Question> questions = TestQuestions.pairs(10);
        inquiry.ask(failing(4), questions);
        Listening again = new Listening(TestQuestions.length("unsure"));
        assertThat(inquiry.ask(again, questions)).hasSize(8);
        assertThat(again.heard()).hasSize(2);
    }

    @Test
    void openQuestionsParkUnlessEnoughAreAnswered() {
        MemoryLedger ledger = new MemoryLedger();
        List<Question> questions = TestQuestions.pairs(10);
        Respondent partly = new Scripted(
                "people",
                Set.of(Question.Form.PAIR),
                (asked, elicitation) -> asked.stream().limit(7).forEach(p -> elicitation.answer(p, LEFT)));
        assertThatThrownBy(() -> TestQuestions.inquiry(ledger).ask(partly, questions))
                .isInstanceOf(Parked.class)
                .hasMessage("3 questions wait for answers");
        Respondent away = new Scripted("people", Set.of(Question.Form.PAIR), (asked, elicitation) -> {});
        assertThat(TestQuestions.inquiry(ledger, 0, 0.7, new ArrayList<>()).ask(away, questions))
                .hasSize(7);
        assertThatThrownBy(() -> TestQuestions.inquiry(ledger, 0, 0.71, new ArrayList<>())
                        .ask(away, questions))
                .isInstanceOf(Parked.class);
        assertThat(ledger.open()).hasSize(3);
    }

    @Test
    void lateAnswersAreStoredAndCannotBeCorrectedOnceTheirStageIsClosed() {
        MemoryLedger ledger = new MemoryLedger();
        List<Question> questions = TestQuestions.pairs(10);
        Respondent partly = new Scripted(
                "people",
                Set.of(Question.Form.PAIR),
                (asked, elicitation) -> asked.stream().limit(9).forEach(p -> elicitation.answer(p, LEFT)));
        Inquiry inquiry = TestQuestions.inquiry(ledger, 0, 0.9, new ArrayList<>());
        Map<Question, Answer> used = inquiry.ask(partly, questions);
        Answer first = used.values().iterator().next();
        Answer corrected = new Answer(
                first.presentation(),
                "people",
                new Judgement.Preferred(new Preference.Tie()),
                Provenance.by("ann"),
                Optional.empty(),
                Cost.NONE);
        ledger.correct(corrected);
        assertThat(ledger.find(first.presentation(), Identity.of("people"))).contains(corrected);
        ledger.close("iteration-1/comparisons", questions);
        assertThatThrownBy(() -> ledger.correct(first))
                .isInstanceOf(RespondentError.class)
                .hasMessageEndingWith("cannot be corrected any more: iteration-1/comparisons has used its answer");
        Presentation late = ledger.open().getFirst().presentation();
        ledger.answer(new Answer(late, "people", LEFT, Provenance.by("ben"), Optional.empty(), Cost.NONE));
        assertThat(ledger.open()).isEmpty();
        assertThat(ledger.closed(late.question())).contains("iteration-1/comparisons");
        assertThat(inquiry.ask(partly, questions)).hasSize(10);
    }

    /** Answers when it is told what, and can be corrected. */
    private record People() implements Respondent {
        @Override
        public Identity identity() {
            return Identity.of("people");
        }

        @Override
        public Set<Question.Form> forms() {
            return Set.of(Question.Form.values());
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {}

        @Override
        public boolean waits() {
            return true;
        }
    }

    private static Answer said(Question question, Judgement judgement) {
        return new Answer(
                Presentation.of(question), "people", judgement, Provenance.by("ann"), Optional.empty(), Cost.NONE);
    }

    @Test
    void scoresAreClosedForPeopleAndNotForWhoCannotBeCorrected() {
        MemoryLedger ledger = new MemoryLedger();
        Inquiry inquiry = TestQuestions.inquiry(ledger);
        Completions completions =
                new Completions(TestQuestions.prompt("q"), List.of(Completion.raw("a"), Completion.raw("bb")));
        List<Question> ratings = completions.completions().stream()
                .map(c -> Question.rate(completions.prompt(), c))
                .toList();
        Scores.of(inquiry, TestQuestions.length("judge"), "iteration-1/ratings", List.of(completions));
        assertThat(ledger.closed(ratings.getFirst())).isEmpty();
        assertThatThrownBy(() -> Scores.of(inquiry, new People(), "iteration-1/ratings", List.of(completions)))
                .isInstanceOf(Parked.class);
        assertThat(ledger.closed(ratings.getFirst())).isEmpty();
        Judgement score = new Judgement.Scored(List.of(OptionalDouble.of(1)));
        ratings.forEach(q -> ledger.answer(said(q, score)));
        Scores.of(inquiry, new People(), "iteration-1/ratings", List.of(completions));
        assertThatThrownBy(() -> ledger.correct(said(ratings.getFirst(), score)))
                .isInstanceOf(RespondentError.class)
                .hasMessageContaining("iteration-1/ratings has used its answer");
    }

    @Test
    void usedMemberAnswersCannotBeCorrected() {
        MemoryLedger ledger = new MemoryLedger();
        List<Question> pairs = TestQuestions.pairs(2);
        Respondent composite = new Respondent() {
            @Override
            public Identity identity() {
                return Identity.of("majority");
            }

            @Override
            public Set<Question.Form> forms() {
                return Set.of(Question.Form.PAIR);
            }

            @Override
            public List<Respondent> members() {
                return List.of(new People());
            }

            @Override
            public void ask(List<Presentation> asked, Elicitation elicitation) {
                // The second pair waits for another copy.
                List<Presentation> copies = List.of(
                        Presentation.of(pairs.get(0).on("copy")),
                        Presentation.of(pairs.get(1)),
                        Presentation.of(pairs.get(1).on("copy")));
                Map<Presentation, Answer> answers = elicitation.ask(new People(), copies);
                if (answers.containsKey(copies.getFirst())) {
                    elicitation.answer(asked.getFirst(), LEFT);
                }
            }
        };
        Inquiry inquiry = TestQuestions.inquiry(ledger);
        assertThatThrownBy(() -> inquiry.ask(composite, pairs)).isInstanceOf(Parked.class);
        ledger.answer(said(pairs.get(0).on("copy"), LEFT));
        ledger.answer(said(pairs.get(1), LEFT));
        ledger.correct(said(pairs.get(0).on("copy"), LEFT));
        assertThatThrownBy(() -> inquiry.ask(composite, pairs)).isInstanceOf(Parked.class);
        assertThatThrownBy(() -> ledger.correct(said(pairs.get(0).on("copy"), LEFT)))
                .hasMessageContaining("majority has used its answer");
        ledger.correct(said(pairs.get(1), LEFT));
    }

    @Test
    void failuresOfOtherRespondentsDifferFromOpenQuestions() {
        Respondent member = new Scripted("member", Set.of(Question.Form.PAIR), (asked, elicitation) -> {
            elicitation.answer(asked.get(0), LEFT);
            elicitation.fail(asked.get(1), "a time-out");
        });
        List<String> failed = new ArrayList<>();
        Respondent composite = new Scripted("composite", Set.of(Question.Form.PAIR), (asked, elicitation) -> {
            Map<Presentation, Answer> answers =
                    elicitation.ask(member, asked, (p, why) -> failed.add(asked.indexOf(p) + " " + why));
            assertThat(answers).containsOnlyKeys(asked.get(0));
            asked.forEach(p -> elicitation.answer(p, LEFT));
        });
        TestQuestions.inquiry().ask(composite, TestQuestions.pairs(3));
        assertThat(failed).containsExactly("1 a time-out");
    }

    @Test
    void memberExceptionStopsTheCallAndNamesTheMember() {
        Respondent member = TestQuestions.each("member", (p, e) -> {
            throw new IllegalStateException("broken");
        });
        Respondent composite =
                new Scripted("composite", Set.of(Question.Form.PAIR), (asked, e) -> e.ask(member, asked));
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(composite, TestQuestions.pairs(3)))
                .hasMessageStartingWith("member stopped after 0 of 3 answers");
    }

    @Test
    void costIncludesMembers() {
        record Paid(List<Respondent> members, String name) implements Respondent {
            @Override
            public Identity identity() {
                return Identity.of(name);
            }

            @Override
            public Set<Question.Form> forms() {
                return Set.of(Question.Form.PAIR);
            }

            @Override
            public void ask(List<Presentation> asked, Elicitation e) {
                members.forEach(m -> e.ask(m, asked));
                asked.forEach(p -> e.answer(
                        p, LEFT, Provenance.by(name), Optional.empty(), new Cost(members.isEmpty() ? 0.25 : 0, 10, 1)));
            }

            @Override
            public boolean costs() {
                return members.isEmpty();
            }
        }
        Respondent llm = new Paid(List.of(), "llm");
        Respondent twice = new Paid(List.of(llm, llm), "twice");
        List<Cost> spent = new ArrayList<>();
        Respondent outer = new Scripted("outer", Set.of(Question.Form.PAIR), (asked, e) -> {
            e.ask(twice, asked);
            spent.add(e.spent(twice));
            asked.forEach(p -> e.answer(p, LEFT));
        });
        MemoryLedger ledger = new MemoryLedger();
        TestQuestions.inquiry(ledger).ask(outer, TestQuestions.pairs(4));
        assertThat(spent).containsExactly(new Cost(1, 80, 8));
        assertThat(ledger.tallies().get("llm").attempts()).isEqualTo(4);
        assertThat(ledger.tallies().get("twice").attempts()).isZero();
    }

    @Test
    void answersToUnaskedQuestionsAreRejected() {
        Presentation asked = Presentation.of(TestQuestions.pairs(1).getFirst());
        Answer answer = new Answer(asked, "people", LEFT, Provenance.by("ann"), Optional.empty(), Cost.NONE);
        MemoryLedger ledger = new MemoryLedger();
        assertThatThrownBy(() -> ledger.answer(answer))
                .isInstanceOf(RespondentError.class)
                .hasMessageContaining("was not asked of people in this run");
        ledger.ask(asked.reversed(), Identity.of("people"));
        assertThatThrownBy(() -> ledger.answer(answer)).hasMessageContaining("in this order");
        ledger.ask(asked, Identity.of("people"));
        assertThatThrownBy(() -> ledger.correct(answer)).hasMessageContaining("has no answer by people to correct");
        ledger.answer(answer);
    }

    @Test
    void halfCharactersMakeDifferentQuestions() {
        Question one = TestQuestions.pair("q", "a\ud83d", "b");
        Question other = TestQuestions.pair("q", "a\udc00", "b");
        Question literal = TestQuestions.pair("q", "a\\ud83d", "b");
        assertThat(one.id()).isNotEqualTo(other.id()).isNotEqualTo(literal.id());
        assertThat(TestQuestions.pair("q", "a😀", "b").id())
                .isEqualTo(TestQuestions.pair("q", "b", "a😀").id());
    }

    @Test
    void everyOrderOfSeveralAlternativesIsShownAboutAsOften() {
        Map<List<Integer>, Integer> orders = new HashMap<>();
        IntStream.range(0, 6000)
                .forEach(i -> orders.merge(
                        Presentation.of(Question.of(
                                        Question.Form.RANK,
                                        TestQuestions.prompt("p" + i),
                                        List.of(Completion.raw("a"), Completion.raw("b"), Completion.raw("c")),
                                        Optional.empty(),
                                        ""))
                                .order(),
                        1,
                        Integer::sum));
        // 1000 each; five standard deviations are 144.
        assertThat(orders)
                .hasSize(6)
                .allSatisfy((order, count) -> assertThat(count).isBetween(856, 1144));
    }
}
