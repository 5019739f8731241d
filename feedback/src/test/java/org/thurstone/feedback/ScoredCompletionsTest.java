package org.thurstone.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.UserError;

class ScoredCompletionsTest {

    @Test
    void aScoreThatIsNoNumberIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> Scored.of(1, Double.NaN))
                .isInstanceOf(UserError.class)
                .hasMessage("the judge scored completion 2 of prompt \"p\" NaN; a score must be a finite number");
        assertThatThrownBy(() -> Scored.of(Double.NEGATIVE_INFINITY)).isInstanceOf(UserError.class);
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
        assertThat(Scored.of(1, 2.5).pair(0, 1).gap()).hasValue(1.5);
    }

    @Test
    void aPairHasTwoTextsAndFiniteScores() {
        assertThatThrownBy(() -> Scored.texts("x x", 1, 0).pair(0, 1)).hasMessageContaining("its own content");
        Completion a = Completion.raw("a");
        Completion b = Completion.raw("b");
        assertThatThrownBy(() -> new CandidatePair(Scored.prompt("p"), a, b, Double.NaN, 1))
                .hasMessageContaining("NaN");
    }

    @Test
    void theLeftOneNeedNotScoreHigher() {
        Completion a = Completion.raw("a");
        Completion b = Completion.raw("b");
        assertThat(new CandidatePair(Scored.prompt("p"), a, b, 0, 1).gap()).hasValue(-1);
        assertThat(new CandidatePair(Scored.prompt("p"), a, b, 0, 1)
                        .withoutScores()
                        .gap())
                .isEmpty();
    }

    @Test
    void aLabelAgainstTheJudgeHasNoMargin() {
        CandidatePair pair = Scored.of(1, 4).pair(0, 1);
        assertThat(pair.margin(new Preference.Left())).hasValue(3);
        assertThat(pair.margin(new Preference.Soft(0.7))).hasValue(3);
        assertThat(pair.margin(new Preference.Right())).isEmpty();
        assertThat(pair.margin(new Preference.Graded(-1, 3))).isEmpty();
        assertThat(pair.withoutScores().margin(new Preference.Left())).isEmpty();
    }
}
