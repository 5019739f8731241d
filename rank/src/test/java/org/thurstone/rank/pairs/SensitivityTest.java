package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Tally;

class SensitivityTest {

    @Test
    void oneVoteDecidesBetweenTwo() {
        List<Battle> battles = new ArrayList<>(Simulated.times(6, "a", "b", Outcome.LEFT));
        battles.addAll(Simulated.times(4, "b", "a", Outcome.LEFT));
        // 6 : 4; without two it is 4 : 4 and no item leads.
        Sensitivity found =
                Sensitivity.of(BradleyTerry.PLAIN, Tally.of(battles)).orElseThrow();
        assertThat(found)
                .isEqualTo(
                        new Sensitivity("a", "b", 2, 10, List.of(new Sensitivity.Removed("a", "b", Outcome.LEFT, 2))));
    }

    @Test
    void nobodyLeadsAmongEquals() {
        assertThat(Sensitivity.of(BradleyTerry.PLAIN, Tally.of(Simulated.times(3, "a", "b", Outcome.TIE))))
                .isEmpty();
    }

    /** Whatever is found does change the top, and no smaller set does where all small sets can be tried. */
    @Test
    void noSmallerSetDoes() {
        int exact = 0;
        for (int set = 0; set < 12; set++) {
            List<Battle> battles = Simulated.battles(new double[] {0.4, 0.2, 0, -0.6}, 24, new SplittableRandom(set));
            Battles votes = Battles.of(battles);
            Board board = BradleyTerry.PLAIN.rank(votes, Inference.NONE);
            if (board.standings().stream()
                    .anyMatch(s -> s.group() > 0
                            || s.rank() == 1 && !s.equals(board.standings().getFirst()))) {
                continue;
            }
            Sensitivity found = Sensitivity.of(BradleyTerry.PLAIN, votes).orElseThrow();
            int fewest = fewest(battles, board.standings().getFirst().item());
            if (fewest < 4) {
                assertThat(found.battles()).isBetween(fewest, fewest + 1);
                exact += found.battles() == fewest ? 1 : 0;
            } else {
                assertThat(found.battles()).isGreaterThanOrEqualTo(4);
            }
        }
        assertThat(exact).isGreaterThanOrEqualTo(5);
    }

    /** By trying all sets of up to three; 4 where none does. */
    private static int fewest(List<Battle> battles, String top) {
        int n = battles.size();
        int fewest = 4;
        for (int i = 0; i < n; i++) {
            if (changed(battles, top, i)) {
                return 1;
            }
            for (int j = i + 1; j < n; j++) {
                if (fewest > 2 && changed(battles, top, i, j)) {
                    fewest = 2;
                }
                for (int k = j + 1; k < n && fewest > 3; k++) {
                    if (changed(battles, top, i, j, k)) {
                        fewest = 3;
                    }
                }
            }
        }
        return fewest;
    }

    private static boolean changed(List<Battle> battles, String top, Integer... without) {
        List<Battle> left = new ArrayList<>(battles);
        for (int k = without.length - 1; k >= 0; k--) {
            left.remove((int) without[k]);
        }
        Battles rest = Battles.of(left);
        if (rest.items().size() < 4) {
            return false;
        }
        Board board = BradleyTerry.PLAIN.rank(rest, Inference.NONE);
        boolean alone = board.standings().stream().filter(s -> s.rank() == 1).count() == 1;
        return !alone || !board.standings().getFirst().item().equals(top);
    }
}
