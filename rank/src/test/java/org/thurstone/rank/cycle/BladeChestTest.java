package org.thurstone.rank.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.pairs.BradleyTerry;

/** Cycles: found where they are, not found where they are not. */
class BladeChestTest {

    private static final BladeChest MODEL = new BladeChest(1, 0.1);

    /** Each beats the next three times of four: with hardly a prior the shares come back, which no strengths can say. */
    @Test
    void rockPaperAndScissors() {
        List<Battle> votes = new ArrayList<>();
        String[] names = {"paper", "rock", "scissors"};
        for (int i = 0; i < 3; i++) {
            votes.addAll(Simulated.times(60, names[i], names[(i + 1) % 3], Outcome.LEFT));
            votes.addAll(Simulated.times(20, names[i], names[(i + 1) % 3], Outcome.RIGHT));
        }
        Board board = new BladeChest(1, 1e-6).rank(Tally.of(votes), Inference.DEFAULT);
        for (Standing s : board.standings()) {
            assertThat(s.rating()).isCloseTo(0, within(1e-6));
        }
        double chance = board.forecast()
                .orElseThrow()
                .chances(Battle.of("paper", "rock", Outcome.TIE))
                .orElseThrow()
                .left();
        assertThat(chance).isCloseTo(0.75, within(1e-4));
        // Three pairs of 80 at ¾ rather than ½: 240·(log 2 − H(¾)).
        assertThat(quantity(board, "log-likelihood gain of cycles"))
                .isCloseTo(240 * (Math.log(2) + 0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)), within(1e-3));
        assertThat(quantity(board, "p-value")).isEqualTo(1 / 200.0);
        assertThat(board.remarks())
                .containsExactly(
                        "Cyclic preferences: paper above rock above scissors above paper, each with 75 % or more");
    }

    /** A test of 5 % cries wolf about 5 times in a hundred. */
    @Test
    void cycleTestRarelyRejectsStrengthsAlone() {
        SplittableRandom random = new SplittableRandom(21);
        int alarms = 0;
        int sets = 100;
        for (int set = 0; set < sets; set++) {
            Tally votes = Tally.of(Simulated.battles(new double[] {-1, -0.3, 0.2, 0.4, 0.7}, 300, random));
            Board board = MODEL.rank(votes, Inference.DEFAULT);
            alarms += quantity(board, "p-value") < 0.05 ? 1 : 0;
        }
        assertThat(alarms).isBetween(1, 11);
    }

    /** Without dimensions it is Bradley–Terry under a prior; with them the slope of the maximum is nothing, and the slope is the value's. */
    @Test
    void theFitIsAMaximum() {
        Tally votes = Tally.of(Simulated.battles(new double[] {-1, 0, 0.3, 0.7}, 200, new SplittableRandom(2)));
        CycleFit flat = new CycleFit(votes.wins(0.5), 0, 0.3);
        Board ridge = BradleyTerry.PLAIN.withRidge(0.3).rank(votes, Inference.NONE);
        for (int i = 0; i < 4; i++) {
            double rating = ridge.of(votes.items().get(i)).orElseThrow().rating();
            assertThat(flat.at()[i]).isCloseTo(rating, within(1e-5));
        }
        CycleFit fit = new CycleFit(votes.wins(0.5), 2, 0.05);
        assertThat(fit.value()).isGreaterThan(new CycleFit(votes.wins(0.5), 1, 0.05).value() - 1e-6);
        double[] slope = fit.slope(fit.at(), new double[20][20]);
        for (double s : slope) {
            assertThat(s).isCloseTo(0, within(1e-2));
        }
    }

    @Test
    void theOrderOfBattlesChangesNothing() {
        List<Battle> votes =
                new ArrayList<>(Simulated.battles(new double[] {-1, 0, 0.3, 0.7}, 200, new SplittableRandom(2)));
        Board board = MODEL.rank(Tally.of(votes), Inference.DEFAULT);
        Collections.shuffle(votes, new Random(1));
        assertThat(MODEL.rank(Tally.of(votes), Inference.DEFAULT).standings()).isEqualTo(board.standings());
    }

    /** Learned cycles predict held-out votes. */
    @Test
    void cyclesAreForetoldBetterThanByStrengths() {
        SplittableRandom random = new SplittableRandom(5);
        List<Battle> votes = new ArrayList<>();
        for (int k = 0; k < 2000; k++) {
            int i = random.nextInt(9);
            int j = (i + 1 + random.nextInt(8)) % 9;
            double logit = 1.5 * Math.sin(2 * Math.PI * (j - i) / 9);
            boolean left = random.nextDouble() < 1 / (1 + Math.exp(-logit));
            votes.add(Battle.of(Simulated.name(i), Simulated.name(j), left ? Outcome.LEFT : Outcome.RIGHT));
        }
        Board board = MODEL.rank(Tally.of(votes), Inference.DEFAULT);
        assertThat(quantity(board, "p-value")).isEqualTo(1 / 200.0);
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                if (i != j) {
                    double truth = 1 / (1 + Math.exp(-1.5 * Math.sin(2 * Math.PI * (j - i) / 9)));
                    double chance = board.forecast()
                            .orElseThrow()
                            .chances(Battle.of(Simulated.name(i), Simulated.name(j), Outcome.TIE))
                            .orElseThrow()
                            .left();
                    assertThat(chance).isCloseTo(truth, within(0.12));
                }
            }
        }
    }

    @Test
    void impossibleValuesAreRejected() {
        assertThatThrownBy(() -> new BladeChest(0, 0.1)).hasMessageContaining("dimensions are 0");
        assertThatThrownBy(() -> new BladeChest(1, 0)).hasMessageContaining("ridge is 0.0");
    }

    private static double quantity(Board board, String name) {
        return board.quantities().stream()
                .filter(q -> q.name().equals(name))
                .mapToDouble(Quantity::value)
                .findFirst()
                .orElseThrow();
    }
}
