package org.thurstone.elicit.respondent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
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

class FromScoresTest {

    /** Scores are the numbers that completions are. */
    private static final Respondent NUMBERS = TestQuestions.each(
            "numbers",
            (p, e) -> e.answer(
                    p,
                    Judgement.Scored.of(
                            Double.parseDouble(p.shown().getFirst().text().plain()))));

    private static final Respondent LENGTH = TestQuestions.length("length");

    private static Question gap(int number, double better, double worse) {
        return TestQuestions.pair("prompt " + number, "" + better, "" + worse);
    }

    /** What is said of the better one, as a probability that it is. */
    private static double ofBetter(Question question, Answer answer, double better) {
        double p = ((Judgement.Preferred) answer.judgement()).preference().probability();
        return question.indexOf(Completion.raw("" + better)) == 0 ? p : 1 - p;
    }

    private static Preference verdict(RespondentSource source, double better, double worse) {
        Question question = gap(0, better, worse);
        Answer answer = TestQuestions.inquiry()
                .ask(source.open(Openings.judgedBy(NUMBERS)), List.of(question))
                .get(question);
        Preference own = ((Judgement.Preferred) answer.judgement()).preference();
        return question.indexOf(Completion.raw("" + better)) == 0 ? own : own.swapped();
    }

    private static double shareOfBetter(RespondentSource source, double gap, int questions) {
        List<Question> all = IntStream.range(0, questions)
                .mapToObj(i -> gap(i, gap, gap == 0 ? -0.0 : 0))
                .toList();
        Map<Question, Answer> answers = TestQuestions.inquiry().ask(source.open(Openings.judgedBy(NUMBERS)), all);
        return all.stream()
                .mapToDouble(q -> ofBetter(q, answers.get(q), gap))
                .average()
                .orElseThrow();
    }

    @Test
    void theJudgesScoresDecideAndTieWithinTheBand() {
        assertThat(verdict(new JudgeScores(0), 1e-9, 0)).isEqualTo(new Preference.Left());
        assertThat(verdict(new JudgeScores(0), 0.0, -0.0)).isEqualTo(new Preference.Tie());
        assertThat(verdict(new JudgeScores(0.5), 0.5, 0)).isEqualTo(new Preference.Tie());
        assertThat(verdict(new JudgeScores(0.5), 0.51, 0)).isEqualTo(new Preference.Left());
    }

    @Test
    void aSimulatedHumanErrsAsBradleyAndTerrySay() {
        int draws = 4_000;
        // σ(1) = 0.731059, σ(0.5) = 0.622459; five standard deviations are 0.04 at most.
        double five = 5 * Math.sqrt(0.25 / draws);
        assertThat(shareOfBetter(new SimulatedHuman(1, 0, 0), 1, draws)).isEqualTo(0.731059, within(five));
        assertThat(shareOfBetter(new SimulatedHuman(2, 0, 0), 1, draws)).isEqualTo(0.622459, within(five));
        // 0.731059 · 0.9 + 0.268941 · 0.1 = 0.684847
        assertThat(shareOfBetter(new SimulatedHuman(1, 0.1, 0), 1, draws)).isEqualTo(0.684847, within(five));
        assertThat(shareOfBetter(new SimulatedHuman(0, 0.25, 0), 3, draws)).isEqualTo(0.75, within(five));
        assertThat(shareOfBetter(new SimulatedHuman(0, 0, 0), 0, draws)).isEqualTo(0.5, within(five));
        assertThat(shareOfBetter(new SimulatedHuman(0, 0, 0), 1e-300, 100)).isEqualTo(1);
        assertThat(shareOfBetter(new SimulatedHuman(1e-3, 0, 0), 1e300, 100)).isEqualTo(1);
    }

    @Test
    void theClosedFormIsTheOneOfTheBookOnBothSides() {
        SimulatedHuman human = new SimulatedHuman(1, 0.1, 0);
        assertThat(human.probabilityOfLeft(1))
                .isEqualTo(0.9 * 0.7310585786300049 + 0.1 * 0.2689414213699951, within(1e-12));
        assertThat(human.probabilityOfLeft(-1)).isEqualTo(1 - human.probabilityOfLeft(1), within(1e-12));
        assertThat(new SimulatedHuman(0, 0, 0).probabilityOfLeft(-1e-300)).isZero();
    }

    @Test
    void aSoftLabelIsTheProbabilityItself() {
        assertThat(verdict(new BradleyTerry(2), 1, 0).probability()).isEqualTo(0.6224593312018546, within(1e-12));
        assertThat(verdict(new BradleyTerry(1), 0.0, -0.0)).isEqualTo(new Preference.Soft(0.5));
    }

    /** One draw of the question's own: options change verdicts, never the draws of other questions. */
    @Test
    void eachQuestionUsesOneRandomDraw() {
        List<Question> questions = TestQuestions.pairs(200);
        Inquiry inquiry = TestQuestions.inquiry();
        Map<Question, Answer> answers =
                inquiry.ask(new SimulatedHuman(3, 0, 0).open(Openings.judgedBy(LENGTH)), questions);
        questions.forEach(q -> {
            Presentation shown = Presentation.of(q);
            double draw = TestQuestions.random(1, "answer " + shown.key() + " simulated-human")
                    .nextDouble();
            double gap = shown.shown().getFirst().text().plain().length()
                    - shown.shown().getLast().text().plain().length();
            boolean better = draw < 1 / (1 + Math.exp(-Math.abs(gap) / 3));
            assertThat(shown.asShown(answers.get(q).judgement()))
                    .isEqualTo(better == gap >= 0 ? Openings.LEFT : Openings.RIGHT);
        });
        Map<Question, Answer> banded =
                inquiry.ask(new SimulatedHuman(3, 0, 4).open(Openings.judgedBy(LENGTH)), questions);
        assertThat(questions)
                .anySatisfy(q -> assertThat(banded.get(q).judgement()).isEqualTo(Openings.TIE))
                .allSatisfy(q -> assertThat(banded.get(q).judgement())
                        .isIn(Openings.TIE, answers.get(q).judgement()));
    }

    @Test
    void theJudgeRatesEachCompletionOnceForAllAnnotators() {
        Listening judge = new Listening(LENGTH);
        Inquiry inquiry = TestQuestions.inquiry();
        Question one = TestQuestions.pair("q", "a", "bb");
        Question other = TestQuestions.pair("q", "bb", "ccc").on("again");
        inquiry.ask(judge, List.of(Question.rate(TestQuestions.prompt("q"), Completion.raw("bb"))));
        inquiry.ask(new JudgeScores(0).open(Openings.judgedBy(judge)), List.of(one, other));
        inquiry.ask(new SimulatedHuman(1, 0, 0).open(Openings.judgedBy(judge)), List.of(one, other));
        assertThat(judge.heard()).hasSize(3);
        assertThat(inquiry.ledger().tallies())
                .containsOnlyKeys(
                        "length",
                        new JudgeScores(0)
                                .open(Openings.judgedBy(judge))
                                .identity()
                                .key(),
                        new SimulatedHuman(1, 0, 0)
                                .open(Openings.judgedBy(judge))
                                .identity()
                                .key());
    }

    @Test
    void anotherJudgeOrOtherSettingsAreAnotherAnnotator() {
        var one = new SimulatedHuman(1, 0, 0).open(Openings.judgedBy(LENGTH)).identity();
        assertThat(one.name()).isEqualTo("simulated-human");
        assertThat(new SimulatedHuman(1, 0, 0.1).open(Openings.judgedBy(LENGTH)).identity())
                .isNotEqualTo(one);
        assertThat(new SimulatedHuman(1, 0, 0).open(Openings.judgedBy(NUMBERS)).identity())
                .isNotEqualTo(one);
    }

    @Test
    void withoutAScoreThereIsNoPreference() {
        List<Question> questions = TestQuestions.pairs(4);
        String failing = questions.get(0).alternatives().getFirst().text().plain();
        List<Presentation> rated = new ArrayList<>();
        Respondent judge = TestQuestions.each("judge", (p, e) -> {
            rated.add(p);
            switch (Integer.parseInt(p.question().prompt().text().plain().substring(7))) {
                case 0 -> {
                    if (p.shown().getFirst().text().plain().equals(failing)) {
                        e.fail(p, "a time-out");
                    } else {
                        e.answer(p, Judgement.Scored.of(1));
                    }
                }
                case 1 -> e.answer(p, Openings.abstained("no English"));
                case 2 -> e.answer(p, new Judgement.Scored(List.of(OptionalDouble.empty())));
                default ->
                    e.answer(
                            p,
                            Judgement.Scored.of(
                                    p.shown().getFirst().text().plain().length()));
            }
        });
        List<String> warnings = new ArrayList<>();
        MemoryLedger ledger = new MemoryLedger();
        Respondent human = new JudgeScores(0).open(Openings.judgedBy(judge));
        assertThat(TestQuestions.inquiry(ledger, 0.75, 1, warnings).ask(human, questions))
                .containsOnlyKeys(questions.get(3));
        assertThat(warnings)
                .containsExactly(
                        "judge left 3 of 4 questions without an answer (1 failed, 2 abstained); they are left out");
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(human, questions))
                .hasMessageContaining("first reason: judge gave no score: a time-out");
    }

    @Test
    void laterScoresAreAwaited() {
        Respondent slow = new Scripted("slow", Set.of(Question.Form.RATE), (asked, e) -> {});
        Respondent human = new SimulatedHuman(1, 0, 0).open(Openings.judgedBy(slow));
        MemoryLedger ledger = new MemoryLedger();
        assertThatThrownBy(() -> TestQuestions.inquiry(ledger).ask(human, TestQuestions.pairs(2)))
                .isInstanceOf(Parked.class);
        assertThat(ledger.open()).hasSize(2 + 4);
    }

    @Test
    void runWithoutAJudgeIsRefusedWithARemedy() {
        assertThatThrownBy(() -> new SimulatedHuman(1, 0, 0).open(Openings.withoutJudge()))
                .isInstanceOf(UserError.class)
                .hasMessage("annotator 'simulated-human' answers from the judge's scores, and the recipe has no judge:"
                        + " add `judge:`, or choose another annotator");
        Respondent pairwise = new Scripted("pairwise", Set.of(Question.Form.PAIR), (asked, e) -> {});
        assertThatThrownBy(() -> new JudgeScores(0).open(Openings.judgedBy(pairwise)))
                .hasMessage(
                        "annotator 'judge' answers from the judge's scores, and judge 'pairwise' gives none: choose another");
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThatThrownBy(() -> new SimulatedHuman(-1, 0, 0)).hasMessage("temperature -1.0 must be at least 0");
        assertThatThrownBy(() -> new SimulatedHuman(1, 0.6, 0)).hasMessage("flipRate 0.6 must be in 0…0.5");
        assertThatThrownBy(() -> new SimulatedHuman(1, 0, Double.NaN)).hasMessageContaining("tieBand NaN");
        assertThatThrownBy(() -> new JudgeScores(-0.1)).hasMessageContaining("tieBand -0.1");
        assertThatThrownBy(() -> new BradleyTerry(0)).hasMessageContaining("temperature 0.0");
    }
}
