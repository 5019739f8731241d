package org.thurstone.elicit.respondent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.Preference;
import org.thurstone.data.Provenance;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Parked;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.elicit.TestQuestions;
import org.thurstone.elicit.TestQuestions.Listening;
import org.thurstone.elicit.TestQuestions.Scripted;
import org.thurstone.elicit.ledger.MemoryLedger;

/** Both orders, noise, gold questions, files. */
class PairCombinatorsTest {

    private static final Respondent LENGTH = TestQuestions.length("length");

    @TempDir
    Path directory;

    private static Respondent saying(String name, Function<Presentation, Preference> says) {
        return TestQuestions.each(name, (p, e) -> e.answer(p, new Judgement.Preferred(says.apply(p))));
    }

    private static Judgement bothOrders(Ties inconsistent, Preference first, Preference second) {
        Question question = TestQuestions.pair("q", "a", "b");
        Respondent judge = saying("judge", p -> p.equals(Presentation.of(question)) ? first : second);
        List<Judgement> said = new ArrayList<>();
        Respondent outer = new Scripted("outer", Set.of(Question.Form.PAIR), (asked, e) -> {
            Answer answer = e.ask(BothOrders.of(judge, inconsistent), asked).get(asked.getFirst());
            said.add(asked.getFirst().asShown(answer.judgement()));
            e.answer(asked.getFirst(), Openings.TIE);
        });
        TestQuestions.inquiry().ask(outer, List.of(question));
        return said.getFirst();
    }

    @Test
    void bothOrdersKeepWhatDoesNotDependOnTheOrder() {
        Preference left = new Preference.Left();
        Preference right = new Preference.Right();
        Preference tie = new Preference.Tie();
        // The second answer is about the pair the other way round.
        assertThat(bothOrders(Ties.TIE, left, right)).isEqualTo(Openings.LEFT);
        assertThat(bothOrders(Ties.TIE, right, left)).isEqualTo(Openings.RIGHT);
        assertThat(bothOrders(Ties.TIE, tie, tie)).isEqualTo(Openings.TIE);
        assertThat(bothOrders(Ties.TIE, left, left)).isEqualTo(Openings.TIE);
        assertThat(bothOrders(Ties.TIE, left, tie)).isEqualTo(Openings.TIE);
        assertThat(bothOrders(Ties.ABSTAIN, left, left))
                .isEqualTo(Openings.abstained("the answer depends on which of the two is shown first"));
        assertThat(bothOrders(Ties.TIE, new Preference.BothBad(), new Preference.BothBad()))
                .isEqualTo(new Judgement.Preferred(new Preference.BothBad()));
        assertThat(bothOrders(Ties.TIE, new Preference.BothBad(), tie)).isEqualTo(Openings.TIE);
        assertThat(bothOrders(Ties.TIE, new Preference.Graded(3, 3), new Preference.Graded(-1, 3)))
                .isEqualTo(new Judgement.Preferred(new Preference.Graded(1, 3)));
        assertThat(bothOrders(Ties.TIE, new Preference.Graded(1, 3), right)).isEqualTo(Openings.LEFT);
        assertThat(bothOrders(Ties.TIE, new Preference.Soft(0.75), new Preference.Soft(0.5)))
                .isEqualTo(new Judgement.Preferred(new Preference.Soft(0.625)));
    }

    /** A judge that always takes the first one gets no say; each order is asked once. */
    @Test
    void aPreferenceForAPositionCannotDecide() {
        Listening first = new Listening(saying("first", p -> new Preference.Left()));
        Map<Question, Answer> answers =
                TestQuestions.inquiry().ask(BothOrders.of(first, Ties.TIE), TestQuestions.pairs(20));
        assertThat(answers.values()).allMatch(a -> a.judgement().equals(Openings.TIE));
        assertThat(first.heard()).hasSize(40).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.3, 0.3", "1, 1"})
    void noiseTurnsPreferencesRoundAtItsRate(double rate, double share) {
        List<Question> questions = TestQuestions.pairs(2000);
        Inquiry inquiry = TestQuestions.inquiry();
        Map<Question, Answer> clean = inquiry.ask(LENGTH, questions);
        Map<Question, Answer> noisy =
                inquiry.ask(new Noisy(Openings.of(LENGTH), rate).open(Openings.withoutJudge()), questions);
        long turned = questions.stream()
                .filter(q -> !noisy.get(q).judgement().equals(clean.get(q).judgement()))
                .count();
        // Five standard deviations are 0.051.
        assertThat(turned / 2000.0).isBetween(share - 0.051, share + 0.051);
        noisy.forEach((q, answer) -> {
            boolean kept = answer.judgement().equals(clean.get(q).judgement());
            assertThat(answer.by().annotator()).isEqualTo(kept ? "length" : "noisy(length)");
        });
    }

    @Test
    void aPreferenceThatWasTurnedRoundLosesItsRationale() {
        Respondent noisy = new Noisy(Openings.of(Paid.of("llm", 0)), 0.5).open(Openings.withoutJudge());
        Map<Question, Answer> answers = TestQuestions.inquiry().ask(noisy, TestQuestions.pairs(50));
        assertThat(answers.values())
                .anyMatch(a -> a.rationale().isPresent())
                .anyMatch(a -> a.rationale().isEmpty())
                .allMatch(a -> a.rationale().isPresent() == a.by().annotator().equals("llm"));
    }

    /** Right answers by length for some pairs. */
    private static Map<Question, Judgement> gold(int count) {
        Map<Question, Judgement> gold = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Question question = TestQuestions.pair("gold " + i, "a", "bbb");
            gold.put(question, TestQuestions.byLength(new Presentation(question, List.of(0, 1))));
        }
        return gold;
    }

    /** Two people behind one respondent: ann is right, ben prefers the shorter one. */
    private static final Respondent PEOPLE = TestQuestions.each("people", (p, e) -> {
        boolean ann = p.question().id().charAt(0) < '8';
        Judgement right = TestQuestions.byLength(p);
        e.answer(
                p,
                ann || !(right instanceof Judgement.Preferred(Preference given))
                        ? right
                        : new Judgement.Preferred(given.swapped()),
                Provenance.by(ann ? "ann" : "ben"),
                Optional.empty(),
                Cost.NONE);
    });

    @Test
    void columnsOfGoldQuestionsThatAreNotReadAreSaid() throws IOException {
        Path file = Files.writeString(
                directory.resolve("gold.jsonl"),
                "{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\", \"difficulty\": 3}\n");
        List<String> notices = new ArrayList<>();
        new GoldQuestions(opening -> PEOPLE, file, 0.7)
                .open(new RespondentSource.Opening(
                        directory,
                        name -> TestQuestions.random(1, name),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        notices::add));
        assertThat(notices).containsExactly("not read of " + file + ": difficulty (1 row)");
    }

    @Test
    void annotatorsWhoMissGoldQuestionsAreLeftOut() {
        MemoryLedger ledger = new MemoryLedger();
        Inquiry inquiry = TestQuestions.inquiry(ledger, 1, 1, new ArrayList<>());
        List<Question> questions = TestQuestions.pairs(30);
        Map<Question, Answer> answers = inquiry.ask(GoldQuestions.of(PEOPLE, gold(20), 0.7), questions);
        assertThat(answers.keySet())
                .isEqualTo(Set.copyOf(
                        questions.stream().filter(q -> q.id().charAt(0) < '8').toList()))
                .isNotEmpty()
                .hasSizeLessThan(30);
        assertThat(answers.values()).allMatch(a -> a.by().annotator().equals("ann"));
        Map<String, GoldAccuracy.Score> scores = GoldAccuracy.of(ledger);
        assertThat(scores).containsOnlyKeys("ann", "ben");
        assertThat(scores.get("ann").share()).isEqualTo(1);
        assertThat(scores.get("ben").right()).isZero();
        assertThat(scores.get("ann").answered() + scores.get("ben").answered()).isEqualTo(20);
        assertThat(ledger.entries().stream()
                        .flatMap(e -> e.answer().stream())
                        .map(Answer::judgement)
                        .filter(Judgement.Abstained.class::isInstance)
                        .map(j -> ((Judgement.Abstained) j).reason())
                        .distinct())
                .singleElement()
                .asString()
                .matches("ben answered 0 of \\d+ gold questions correctly, less than the share of 0.7 that is needed");
    }

    @Test
    void aThresholdOfZeroOnlyMeasures() {
        MemoryLedger ledger = new MemoryLedger();
        assertThat(TestQuestions.inquiry(ledger).ask(GoldQuestions.of(PEOPLE, gold(20), 0), TestQuestions.pairs(30)))
                .hasSize(30);
        assertThat(GoldAccuracy.of(ledger)).hasSize(2);
        assertThat(GoldAccuracy.of(new MemoryLedger())).isEmpty();
    }

    @Test
    void anAnswerWaitsForItsAnnotatorsGoldQuestions() {
        Map<Question, Judgement> gold = gold(4);
        List<Question> questions = TestQuestions.pairs(3);
        boolean[] all = {false};
        Respondent people = new Scripted(
                "people",
                Set.of(Question.Form.PAIR),
                (asked, e) -> asked.stream()
                        .filter(p -> all[0] || !gold.containsKey(p.question()))
                        .forEach(p -> e.answer(p, TestQuestions.byLength(p))));
        Inquiry inquiry = TestQuestions.inquiry();
        Respondent measured = GoldQuestions.of(people, gold, 0.7);
        assertThatThrownBy(() -> inquiry.ask(measured, questions)).isInstanceOf(Parked.class);
        all[0] = true;
        assertThat(inquiry.ask(measured, questions)).hasSize(3);
    }

    @Test
    void goldQuestionsAreReadFromComparisonsInAnyForm() throws IOException {
        Path file = directory.resolve("gold.jsonl");
        Files.writeString(
                file,
                "{\"prompt\": \"gold 0\", \"chosen\": \"bbb\", \"rejected\": \"a\"}\n"
                        + "{\"prompt\": \"gold 1\", \"chosen\": \"a\", \"rejected\": \"bbb\"}\n");
        MemoryLedger ledger = new MemoryLedger();
        Respondent measured = new GoldQuestions(Openings.of(LENGTH), file, 0.5).open(Openings.withoutJudge());
        assertThat(TestQuestions.inquiry(ledger).ask(measured, TestQuestions.pairs(3)))
                .hasSize(3);
        assertThat(GoldAccuracy.of(ledger)).containsExactly(Map.entry("length", new GoldAccuracy.Score(1, 2)));
        Files.writeString(file, "{\"prompt\": \"q\", \"completion\": \"a\", \"label\": true}\n");
        assertThatThrownBy(() -> new GoldQuestions(Openings.of(LENGTH), file, 0.5).open(Openings.withoutJudge()))
                .hasMessage(file + ": gold questions are comparisons, and this file holds others");
        Files.writeString(
                file,
                "{\"prompt\": \"q\", \"chosen\": \"b\", \"rejected\": \"a\"}\n"
                        + "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\"}\n");
        assertThatThrownBy(() -> new GoldQuestions(Openings.of(LENGTH), file, 0.5).open(Openings.withoutJudge()))
                .hasMessageEndingWith("one pair has two right answers");
    }

    @Test
    void groupsOfPeopleAreAskedApart() {
        MemoryLedger ledger = new MemoryLedger();
        for (String people : List.of("", "experts")) {
            assertThatThrownBy(() -> TestQuestions.inquiry(ledger)
                            .ask(new FromFile(people).open(Openings.withoutJudge()), TestQuestions.pairs(2)))
                    .isInstanceOf(Parked.class);
        }
        assertThat(ledger.tallies()).containsOnlyKeys("file", "file experts");
        assertThat(List.of("file", "file experts")).allMatch(FromFile::isKey);
        assertThat(List.of("filed", "files@1234", "simulated-human@12")).noneMatch(FromFile::isKey);
    }
}
