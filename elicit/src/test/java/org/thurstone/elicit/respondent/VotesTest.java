package org.thurstone.elicit.respondent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.TestQuestions;
import org.thurstone.elicit.TestQuestions.Listening;
import org.thurstone.elicit.ledger.MemoryLedger;

/** Majorities and committees. */
class VotesTest {

    private static final Judgement LEFT = Openings.LEFT;
    private static final Judgement RIGHT = Openings.RIGHT;
    private static final Judgement TIE = Openings.TIE;
    private static final Judgement BOTH_BAD = new Judgement.Preferred(new Preference.BothBad());

    private static Judgement count(Label label, Ties ties, Question.Form form, Object... judgementsAndWeights) {
        List<Votes.Vote> votes = new ArrayList<>();
        for (int i = 0; i < judgementsAndWeights.length; i += 2) {
            votes.add(new Votes.Vote((Judgement) judgementsAndWeights[i], (Double) judgementsAndWeights[i + 1]));
        }
        return new Votes(label, ties).count(form, votes);
    }

    private static Judgement vote(Object... judgementsAndWeights) {
        return count(Label.VOTE, Ties.TIE, Question.Form.PAIR, judgementsAndWeights);
    }

    @Test
    void theLargestSideWins() {
        assertThat(vote(LEFT, 1.0, RIGHT, 1.0, LEFT, 1.0)).isEqualTo(LEFT);
        assertThat(vote(LEFT, 1.0, RIGHT, 2.5, LEFT, 1.0)).isEqualTo(RIGHT);
        assertThat(vote(LEFT, 1.0, TIE, 1.0, TIE, 1.0)).isEqualTo(TIE);
        assertThat(vote(LEFT, 1.0, BOTH_BAD, 1.0, TIE, 1.0, BOTH_BAD, 1.0)).isEqualTo(BOTH_BAD);
        assertThat(vote(LEFT, 1.0, BOTH_BAD, 1.0, TIE, 1.0)).isEqualTo(TIE);
        assertThat(vote(
                        new Judgement.Preferred(new Preference.Graded(-1, 3)),
                        1.0,
                        new Judgement.Preferred(new Preference.Soft(0.4)),
                        1.0,
                        LEFT,
                        1.0))
                .isEqualTo(RIGHT);
    }

    @Test
    void noSideIsATieOrAnAbstention() {
        assertThat(vote(LEFT, 1.0, RIGHT, 1.0)).isEqualTo(TIE);
        assertThat(vote(LEFT, 0.3, RIGHT, 0.1, RIGHT, 0.2))
                .as("0.1 + 0.2 > 0.3 in binary")
                .isEqualTo(TIE);
        assertThat(count(Label.VOTE, Ties.ABSTAIN, Question.Form.PAIR, LEFT, 1.0, RIGHT, 1.0))
                .isEqualTo(Openings.abstained("no side outweighs the others"));
    }

    @Test
    void aSoftLabelIsTheWeightedMean() {
        assertThat(count(
                        Label.SOFT,
                        Ties.TIE,
                        Question.Form.PAIR,
                        LEFT,
                        3.0,
                        RIGHT,
                        1.0,
                        TIE,
                        2.0,
                        new Judgement.Preferred(new Preference.Soft(0.25)),
                        2.0))
                .isEqualTo(new Judgement.Preferred(new Preference.Soft((3 + 1 + 0.5) / 8)));
    }

    private static Judgement scores(Double... scores) {
        return new Judgement.Scored(Arrays.stream(scores)
                .map(s -> s.isNaN() ? OptionalDouble.empty() : OptionalDouble.of(s))
                .toList());
    }

    @Test
    void ratingsAreAveragedAndVerdictsVotedOn() {
        assertThat(count(Label.VOTE, Ties.TIE, Question.Form.RATE, scores(1.0, Double.NaN), 1.0, scores(4.0, 3.0), 2.0))
                .isEqualTo(scores(3.0, 3.0));
        Object[] verdicts = {scores(1.0, 0.0, 1.0), 1.0, scores(1.0, 0.0, 0.0), 1.0};
        assertThat(count(Label.VOTE, Ties.TIE, Question.Form.VERIFY, verdicts)).isEqualTo(scores(1.0, 0.0, Double.NaN));
        assertThat(count(Label.SOFT, Ties.TIE, Question.Form.VERIFY, verdicts)).isEqualTo(scores(1.0, 0.0, 0.5));
    }

    @Test
    void ordersAreAveragedByPlace() {
        assertThat(count(
                        Label.VOTE,
                        Ties.TIE,
                        Question.Form.RANK,
                        new Judgement.Ordered(List.of(0, 1, 2, 3)),
                        1.0,
                        new Judgement.Ordered(List.of(1, 0, 2, 3)),
                        1.0,
                        new Judgement.Ordered(List.of(0, 1, 3, 2)),
                        1.0))
                .isEqualTo(new Judgement.Ordered(List.of(0, 1, 2, 3)));
        assertThat(count(
                        Label.VOTE,
                        Ties.TIE,
                        Question.Form.RANK,
                        new Judgement.Ordered(List.of(0, 1)),
                        0.3,
                        new Judgement.Ordered(List.of(1, 0)),
                        0.3))
                .isEqualTo(new Judgement.Ordered(List.of(0, 0)));
        assertThatThrownBy(() -> count(Label.VOTE, Ties.TIE, Question.Form.EDIT, LEFT, 1.0))
                .hasMessage("edits cannot be combined");
    }

    private static Respondent fifths(String name, int right) {
        return TestQuestions.each(
                name,
                (p, e) -> e.answer(
                        p,
                        e.random(p).nextInt(5) < right
                                ? TestQuestions.byLength(p)
                                : new Judgement.Preferred(((Judgement.Preferred) TestQuestions.byLength(p))
                                        .preference()
                                        .swapped())));
    }

    /** Three answers that are right with probability 0.8 give a majority that is right with 0.896. */
    @Test
    void answersOfAMajorityAreIndependent() {
        List<Question> questions = TestQuestions.pairs(3000);
        Listening member = new Listening(fifths("member", 4));
        Inquiry inquiry = TestQuestions.inquiry();
        Map<Question, Answer> right = inquiry.ask(TestQuestions.length("length"), questions);
        Map<Question, Answer> majority = inquiry.ask(
                new Majority(Openings.of(member), 3, Label.VOTE, Ties.TIE).open(Openings.withoutJudge()), questions);
        double share = questions.stream()
                        .filter(q ->
                                majority.get(q).judgement().equals(right.get(q).judgement()))
                        .count()
                / 3000.0;
        assertThat(share).isBetween(0.896 - 0.028, 0.896 + 0.028);
        assertThat(member.heard()).hasSize(9000).doesNotHaveDuplicates();
    }

    /** Members of one name draw apart, too. */
    @Test
    void membersOfOneNameErrIndependently() {
        List<Question> questions = TestQuestions.pairs(3000);
        var three = IntStream.range(0, 3)
                .mapToObj(i -> new Committee.Member(Openings.of(fifths("member", 4)), 1))
                .toList();
        Inquiry inquiry = TestQuestions.inquiry();
        Map<Question, Answer> right = inquiry.ask(TestQuestions.length("length"), questions);
        Map<Question, Answer> vote =
                inquiry.ask(new Committee(three, Label.VOTE, Ties.TIE).open(Openings.withoutJudge()), questions);
        double share = questions.stream()
                        .filter(q -> vote.get(q).judgement().equals(right.get(q).judgement()))
                        .count()
                / 3000.0;
        assertThat(share).isBetween(0.896 - 0.028, 0.896 + 0.028);
    }

    @Test
    void aCommitteeNamesWhoAnsweredAndWhy() {
        Committee committee = new Committee(
                List.of(
                        new Committee.Member(Openings.of(Paid.of("one", 1)), 2),
                        new Committee.Member(Openings.of(Paid.of("two", 1)), 1)),
                Label.SOFT,
                Ties.TIE);
        Question question = TestQuestions.pair("q", "a", "bb");
        Answer answer = TestQuestions.inquiry()
                .ask(committee.open(Openings.withoutJudge()), List.of(question))
                .get(question);
        assertThat(answer.by().annotator()).isEqualTo("one, two");
        assertThat(answer.rationale()).contains("it is longer\nit is longer");
        assertThat(answer.judgement()).isEqualTo(new Judgement.Preferred(new Preference.Soft(0)));
    }

    /** One preference may be missing, but no rating, since members may use different scales. */
    @Test
    void membersMayBeMissingFromAVoteButNotFromAMean() {
        Respondent broken = TestQuestions.each("broken", (p, e) -> e.fail(p, "a time-out"));
        Respondent shy = TestQuestions.each("shy", (p, e) -> e.answer(p, Openings.abstained("no English")));
        Question pair = TestQuestions.pair("q", "a", "bb");
        Question rate = Question.rate(TestQuestions.prompt("q"), Completion.raw("a"));
        for (Respondent missing : List.of(broken, shy)) {
            for (double weight : new double[] {1.5, 1}) {
                Respondent committee = new Committee(
                                List.of(
                                        new Committee.Member(Openings.of(missing), 1),
                                        new Committee.Member(Openings.of(TestQuestions.length("length")), weight)),
                                Label.VOTE,
                                Ties.TIE)
                        .open(Openings.withoutJudge());
                MemoryLedger ledger = new MemoryLedger();
                Inquiry inquiry = TestQuestions.inquiry(ledger, 1, 1, new ArrayList<>());
                assertThat(inquiry.ask(committee, List.of(pair))).hasSize(weight > 1 ? 1 : 0);
                assertThat(inquiry.ask(committee, List.of(rate))).isEmpty();
                var tally = ledger.tallies().get(committee.identity().key());
                long left = weight > 1 ? 1 : 2;
                assertThat(tally.failed()).isEqualTo(missing == broken ? left : 0);
                assertThat(tally.abstained()).isEqualTo(missing == shy ? left : 0);
            }
        }
        Respondent majority = new Majority(
                        Openings.of(TestQuestions.each("sometimes", (p, e) -> {
                            if (p.question().occasion().equals("answer 3")) {
                                e.fail(p, "a time-out");
                            } else {
                                e.answer(p, Judgement.Scored.of(2));
                            }
                        })),
                        3,
                        Label.VOTE,
                        Ties.TIE)
                .open(Openings.withoutJudge());
        assertThat(TestQuestions.inquiry()
                        .ask(majority, List.of(rate))
                        .get(rate)
                        .judgement())
                .isEqualTo(Judgement.Scored.of(2));
    }

    @Test
    void routesGoByFormAudienceAndPrompt() {
        Routed routed = new Routed(List.of(
                new Routed.Route(
                        Optional.of(Question.Form.RATE),
                        Optional.empty(),
                        Optional.empty(),
                        Openings.of(TestQuestions.length("rater"))),
                new Routed.Route(
                        Optional.empty(),
                        Optional.of("experts"),
                        Optional.empty(),
                        Openings.of(TestQuestions.length("expert"))),
                new Routed.Route(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("(?i)sum"),
                        Openings.of(TestQuestions.length("adder")))));
        Question rate = Question.rate(TestQuestions.prompt("q"), Completion.raw("a"));
        Question expert = Question.of(
                Question.Form.PAIR,
                TestQuestions.prompt("SUM"),
                List.of(Completion.raw("a"), Completion.raw("bb")),
                Optional.of("experts"),
                "");
        Question sum = TestQuestions.pair("a Sum", "a", "bb");
        Question other = TestQuestions.pair("other", "a", "bb");
        Map<Question, Answer> answers = TestQuestions.inquiry(new MemoryLedger(), 0.25, 1, new ArrayList<>())
                .ask(routed.open(Openings.withoutJudge()), List.of(rate, expert, sum, other));
        assertThat(answers.get(rate).by().annotator()).isEqualTo("rater");
        assertThat(answers.get(expert).by().annotator()).isEqualTo("expert");
        assertThat(answers.get(sum).by().annotator()).isEqualTo("adder");
        assertThat(answers).doesNotContainKey(other);
        assertThatThrownBy(() -> TestQuestions.inquiry().ask(routed.open(Openings.withoutJudge()), List.of(other)))
                .hasMessageContaining("first reason: no route takes PAIR " + other.id());
        assertThatThrownBy(() -> new Routed.Route(
                        Optional.empty(), Optional.empty(), Optional.of("("), Openings.of(TestQuestions.length("l"))))
                .hasMessageStartingWith("prompt \"(\" is not a regular expression: ");
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThatThrownBy(() -> new Committee(List.of(), Label.VOTE, Ties.TIE))
                .hasMessageContaining("members is empty");
        assertThatThrownBy(() -> new Committee.Member(new FromFile(""), 0)).hasMessageContaining("weight 0.0");
        assertThatThrownBy(() -> new Majority(new FromFile(""), 0, Label.VOTE, Ties.TIE))
                .hasMessageContaining("answers 0");
        assertThatThrownBy(() -> new Routed(List.of())).hasMessageContaining("routes is empty");
    }
}
