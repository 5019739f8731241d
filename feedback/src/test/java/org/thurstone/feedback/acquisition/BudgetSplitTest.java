package org.thurstone.feedback.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;

class BudgetSplitTest {

    @Test
    void splitsWorkedByHand() {
        assertThat(new ConstantBudget().split(960, 3)).containsExactly(320, 320, 320);
        assertThat(new DecreasingBudget(3).split(960, 3)).containsExactly(480, 320, 160);
        assertThat(new IncreasingBudget(3).split(960, 3)).containsExactly(160, 320, 480);
        // 10/3 = 3.33 each, the one that is left to the first.
        assertThat(new ConstantBudget().split(10, 3)).containsExactly(4, 3, 3);
        // 3 : 2 : 1 of 10 is 5, 3.33, 1.67: the remainder .67 wins.
        assertThat(new DecreasingBudget(3).split(10, 3)).containsExactly(5, 3, 2);
        // 3 : 7/3 : 5/3 : 1, which sum to 8, of 100: 37.5, 29.17, 20.83, 12.5.
        assertThat(new DecreasingBudget(3).split(100, 4)).containsExactly(38, 29, 21, 12);
        assertThat(new ExplicitBudget(List.of(5, 0, 7)).split(12, 3)).containsExactly(5, 0, 7);
        assertThat(new DecreasingBudget(9).split(7, 1)).containsExactly(7);
    }

    @Test
    void everySplitSumsToItsTotalAndIsInOrder() {
        for (int iterations = 1; iterations <= 9; iterations++) {
            for (int total = 0; total <= 300; total += 7) {
                for (double ratio : new double[] {1, 1.3, 3, 50}) {
                    List<Integer> falling = new DecreasingBudget(ratio).split(total, iterations);
                    List<Integer> rising = new IncreasingBudget(ratio).split(total, iterations);
                    assertThat(falling).hasSize(iterations).isSortedAccordingTo((a, b) -> b - a);
                    assertThat(falling.stream().mapToInt(each -> each).sum()).isEqualTo(total);
                    assertThat(rising.stream().mapToInt(each -> each).sum()).isEqualTo(total);
                    assertThat(rising).allMatch(each -> each >= 0);
                }
            }
        }
    }

    @Test
    void theLargestTotalDoesNotOverflow() {
        assertThat(new DecreasingBudget(3)
                        .split(Integer.MAX_VALUE, 3).stream()
                                .mapToLong(each -> each)
                                .sum())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void inconsistentValuesAreRejected() {
        assertThatThrownBy(() -> new ExplicitBudget(List.of(5, 7)).split(13, 2))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "the budget lists 2 iterations with 12 labels in all, but the run has 2 iterations and 13 labels");
        assertThatThrownBy(() -> new ExplicitBudget(List.of(5, -1))).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> new DecreasingBudget(0.5))
                .hasMessage("ratio 0.5 must be a finite number of at least 1");
        assertThatThrownBy(() -> new IncreasingBudget(Double.NaN)).hasMessageContaining("ratio NaN");
        assertThatThrownBy(() -> new ConstantBudget().split(-1, 2)).hasMessageContaining("-1 labels");
        assertThatThrownBy(() -> new ConstantBudget().split(1, 0)).hasMessageContaining("0 iterations");
    }
}
