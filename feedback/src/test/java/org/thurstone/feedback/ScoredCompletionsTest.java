package org.thurstone.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Preference;
import org.thurstone.data.Provenance;
import org.thurstone.data.UserError;
import org.thurstone.feedback.judge.Judge;

class ScoredCompletionsTest {

    @Test
    void aScoreThatIsNoNumberIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> Scored.of(1, Double.NaN))
                .isInstanceOf(UserError.class)
                .hasMessage("the judge scored completion 2 of prompt \"p\" NaN; a score must be a finite number");
        assertThatThrownBy(() -> Scored.of(Double.NEGATIVE_INFINITY)).isInstanceOf(UserError.class);
    }

    @Test
    void aJudgeThatForgetsACompletionIsNamedWithItsPrompt() {
        Judge forgetful = (prompt, completions) -> List.of(1.0);
        Completions answers = new Completions(Scored.prompt("p7"), List.of(Completion.raw("a"), Completion.raw("b")));
        assertThatThrownBy(() -> forgetful.scoreAll(List.of(answers)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"p7\" has 2 completions but its judge gave 1 scores");
    }

    @Test
    void copiesAreMergedAtTheirFirstPlaceWithTheMeanOfTheirScores() {
        ScoredCompletions merged = Scored.texts("b a b c b", 1, 5, 2, 0, 6).distinct();
        assertThat(merged.completions()).extracting(each -> each.text().plain()).containsExactly("b", "a", "c");
        assertThat(merged.scores()).containsExactly(3.0, 5.0, 0.0);
    }

    @Test
    void copiesOfEqualScoreKeepItExactly() {
        assertThat(Scored.texts("x x x y", 0.1, 0.1, 0.1, 0.1).distinct().scores())
                .containsExactly(0.1, 0.1);
    }

    @Test
    void aPairHasTheBetterOneOnTheLeftAndOfEqualsTheFirst() {
        assertThat(Scored.show(Scored.of(1, 2).pair(0, 1))).isEqualTo("ba");
        assertThat(Scored.show(Scored.of(2, 2).pair(0, 1))).isEqualTo("ab");
        assertThat(Scored.of(1, 2.5).pair(0, 1).gap()).isEqualTo(1.5);
    }

    @Test
    void aPairOfOneTextOrTheWrongWayRoundCannotBeMade() {
        assertThatThrownBy(() -> Scored.texts("x x", 1, 0).pair(0, 1)).hasMessageContaining("its own text");
        Completion a = Completion.raw("a");
        Completion b = Completion.raw("b");
        assertThatThrownBy(() -> new CandidatePair(Scored.prompt("p"), a, b, 0, 1))
                .hasMessageContaining("at least");
        assertThatThrownBy(() -> new CandidatePair(Scored.prompt("p"), a, b, Double.NaN, 1))
                .hasMessageContaining("NaN");
    }

    @Test
    void aLabelledPairIsAComparisonWithTheJudgesMarginOnlyIfTheJudgeLabelledIt() {
        CandidatePair pair = Scored.of(1, 4).pair(0, 1);
        assertThat(pair.labelled(new Preference.Right(), Provenance.by("Zoë")).chosen())
                .isEqualTo(Completion.raw("a"));
        assertThat(pair.labelled(new Preference.Right(), Provenance.by("Zoë")).margin())
                .isEmpty();
        assertThat(pair.labelledByJudge(new Preference.Left(), Provenance.UNKNOWN)
                        .margin())
                .hasValue(3);
    }
}
