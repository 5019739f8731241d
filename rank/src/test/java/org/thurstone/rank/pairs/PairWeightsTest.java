package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;

/** Inverse-sampling weights, against a weighted fit written out battle by battle in numpy, and against their purpose. */
class PairWeightsTest {

    private static final Inference SANDWICH =
            Inference.DEFAULT.with(Inference.Intervals.SANDWICH).withDraws(0);

    private static List<Battle> votes() {
        List<Battle> battles = new ArrayList<>();
        add(battles, "a", "b", 7, 3, 2);
        add(battles, "c", "a", 2, 4, 0);
        add(battles, "b", "c", 6, 4, 0);
        add(battles, "d", "b", 1, 5, 0);
        add(battles, "c", "d", 9, 3, 2);
        return battles;
    }

    private static void add(List<Battle> battles, String left, String right, int won, int lost, int tied) {
        battles.addAll(Simulated.times(won, left, right, Outcome.LEFT));
        // Half of them with the sides exchanged: a pair is the same whichever way round it met.
        battles.addAll(Simulated.times(lost / 2, left, right, Outcome.RIGHT));
        battles.addAll(Simulated.times(lost - lost / 2, right, left, Outcome.LEFT));
        battles.addAll(Simulated.times(tied, left, right, Outcome.TIE));
    }

    private static double error(Standing s) {
        return (s.high() - s.low()) / 2 / 1.959963984540054;
    }

    @Test
    void ratingsAndSandwichAreThoseOfTheWeightedBattles() {
        double[][] expected = {
            {0.8335661577372702, 0.31424012830312076, -0.04412323304606365, -1.1036830529943267},
            {0.4175569959706334, 0.30578205372400047, 0.3158636924496081, 0.4314262326295166}
        };
        check(BradleyTerry.PLAIN.withBalance(1), expected);
        double[][] atLeastTen = {
            {0.8583364803152894, 0.2969002791341957, -0.06868099263248761, -1.0865557668169978},
            {0.3971440595911325, 0.29810786914464926, 0.30490980104344795, 0.4033728832900951}
        };
        check(BradleyTerry.PLAIN.withBalance(10), atLeastTen);
        // Where every pair has fewer battles than the least, all weights are equal.
        Board plain = BradleyTerry.PLAIN.rank(Tally.of(votes()), SANDWICH);
        for (Standing s : BradleyTerry.PLAIN
                .withBalance(50)
                .rank(Tally.of(votes()), SANDWICH)
                .standings()) {
            assertThat(s.rating()).isCloseTo(plain.of(s.item()).orElseThrow().rating(), within(1e-12));
            assertThat(s.low()).isCloseTo(plain.of(s.item()).orElseThrow().low(), within(1e-9));
        }
    }

    private static void check(BradleyTerry model, double[][] expected) {
        for (var votes : List.of(Battles.of(votes()), Tally.of(votes()))) {
            Board board = model.rank(votes, SANDWICH);
            for (int i = 0; i < 4; i++) {
                Standing s = board.of(Character.toString('a' + i)).orElseThrow();
                assertThat(s.rating()).isCloseTo(expected[0][i], within(1e-9));
                assertThat(error(s)).isCloseTo(expected[1][i], within(1e-9));
            }
        }
    }

    /** A cycle that no strengths explain: with equal weights the pair that met most decides, with these weights all three count the same. */
    @Test
    void aPairThatMetTenTimesAsOftenMovesNothing() {
        List<Battle> even = new ArrayList<>();
        add(even, "a", "b", 60, 40, 0);
        add(even, "b", "c", 70, 30, 0);
        add(even, "a", "c", 50, 50, 0);
        List<Battle> uneven = new ArrayList<>(even);
        for (int copy = 0; copy < 9; copy++) {
            add(uneven, "a", "c", 50, 50, 0);
        }
        Board before = BradleyTerry.PLAIN.rank(Tally.of(even), SANDWICH);
        Board balanced = BradleyTerry.PLAIN.withBalance(50).rank(Tally.of(uneven), SANDWICH);
        Board counted = BradleyTerry.PLAIN.rank(Tally.of(uneven), SANDWICH);
        double expected = before.of("a").orElseThrow().rating();
        assertThat(balanced.of("a").orElseThrow().rating()).isCloseTo(expected, within(1e-9));
        assertThat(Math.abs(counted.of("a").orElseThrow().rating() - expected)).isGreaterThan(0.05);
    }

    /** The bootstrap keeps the weights of the votes, and scatters as the sandwich says. */
    @Test
    void theBootstrapScattersAsTheSandwichSays() {
        SplittableRandom random = new SplittableRandom(5);
        List<Battle> battles = new ArrayList<>(Simulated.battles(new double[] {1, 0.5, 0, -0.5}, 800, random));
        battles.addAll(Simulated.battles(new double[] {0.6, -0.2}, 1500, random));
        BradleyTerry model = BradleyTerry.PLAIN.withBalance(50);
        Board sandwich = model.rank(Tally.of(battles), SANDWICH);
        Board drawn = model.rank(
                Tally.of(battles),
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(400));
        for (Standing s : sandwich.standings()) {
            assertThat(error(drawn.of(s.item()).orElseThrow()) / error(s)).isBetween(0.85, 1.15);
        }
    }

    @Test
    void whatNeedsEqualWeightsIsRefused() {
        BradleyTerry model = BradleyTerry.PLAIN.withBalance(50);
        Tally votes = Tally.of(votes());
        for (Inference.Intervals kind : List.of(Inference.Intervals.FISHER, Inference.Intervals.LIKELIHOOD_RATIO)) {
            assertThatThrownBy(() -> model.rank(votes, Inference.DEFAULT.with(kind)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("use auto, sandwich or bootstrap");
        }
        assertThatThrownBy(() -> BradleyTerry.PLAIN.withBalance(0)).hasMessageContaining("balance is 0.0 battles");
        assertThatThrownBy(() -> model.withFirth(true)).hasMessageContaining("without balance");
    }
}
