package org.thurstone.worlds.language.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;

class RewardAugmentedTest {

    private static final Completion A = Completion.raw("a");
    private static final Completion B = Completion.raw("b");
    private static final RewardAugmented GOALS = new RewardAugmented("Score: {score}.");

    private static Comparison scored(Text prompt, Preference preference, double left, double right) {
        return new Comparison(
                new Prompt("p", prompt),
                A,
                B,
                preference,
                OptionalDouble.of(Math.abs(left - right)),
                Provenance.UNKNOWN,
                Particulars.NONE.withScores(left, right));
    }

    @Test
    void completionWithTheRequestedScoreIsPreferred() {
        List<Example> two = GOALS.of(scored(Text.raw("x"), new Preference.Right(), 3.5, 8));
        assertThat(two).hasSize(2);
        Comparison high = (Comparison) two.get(0);
        Comparison low = (Comparison) two.get(1);
        assertThat(high.prompt().text()).isEqualTo(Text.raw("Score: 8.\nx"));
        assertThat(high.chosen()).isEqualTo(B);
        assertThat(low.prompt().text()).isEqualTo(Text.raw("Score: 3.5.\nx"));
        assertThat(low.chosen()).isEqualTo(A);
        assertThat(low.prompt().id()).isNotEqualTo(high.prompt().id());
        assertThat(GOALS.of(scored(Text.raw("x"), new Preference.Left(), 5, 5))).hasSize(1);
        assertThat(GOALS.of(scored(Text.raw("x"), new Preference.Soft(0.8), 6, 5)))
                .extracting(e -> ((Comparison) e).preference().probability())
                .containsExactly(0.8, 1 - 0.8);
    }

    @Test
    void conversationGetsTheGoalAsSystemTurn() {
        Text asked = Text.chat(List.of(new Message(Role.USER, "x")));
        Comparison high = (Comparison)
                GOALS.of(scored(asked, new Preference.Left(), 8, 3)).getFirst();
        assertThat(high.prompt().text())
                .isEqualTo(Text.chat(List.of(new Message(Role.SYSTEM, "Score: 8."), new Message(Role.USER, "x"))));
        Text instructed = Text.chat(List.of(new Message(Role.SYSTEM, "Be kind."), new Message(Role.USER, "x")));
        Comparison both = (Comparison)
                GOALS.of(scored(instructed, new Preference.Left(), 8, 3)).getFirst();
        assertThat(both.prompt().text())
                .isEqualTo(Text.chat(
                        List.of(new Message(Role.SYSTEM, "Be kind.\nScore: 8."), new Message(Role.USER, "x"))));
    }

    @Test
    void ofARankingTheBestAndTheWorstAreThePair() {
        Prompt prompt = new Prompt("p", Text.raw("x"));
        Completion c = Completion.raw("c");
        List<Example> two = GOALS.of(new Ranking(
                prompt, List.of(A, B, c), List.of(1, 0, 2), Optional.of(List.of(4.0, 9.0, 1.0)), Provenance.UNKNOWN));
        assertThat(two).extracting(e -> ((Comparison) e).chosen()).containsExactly(B, c);
        assertThat(GOALS.of(new Ranking(
                        prompt, List.of(A, B), List.of(0, 0), Optional.of(List.of(4.0, 4.0)), Provenance.UNKNOWN)))
                .hasSize(1);
        assertThatThrownBy(() -> GOALS.of(Comparison.of(prompt, A, B)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("score_chosen");
        assertThatThrownBy(() -> new RewardAugmented("Be good.")).hasMessageContaining("{score}");
    }
}
