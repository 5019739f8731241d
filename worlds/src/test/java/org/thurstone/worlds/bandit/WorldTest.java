package org.thurstone.worlds.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.thurstone.train.example.TrainingExample;

/** Each exact quantity against another way to it: a grid over all policies, brute force, counting. */
class WorldTest {

    private static final double[][] CIRCLE = {{.5, .9, .2}, {.1, .5, .7}, {.8, .3, .5}};
    private static final double[] REFERENCE = {.5, .3, .2};

    /** All policies of three responses whose probabilities are multiples of 1/steps. */
    private static double[][] grid(int steps) {
        double[][] all = new double[(steps + 1) * (steps + 2) / 2][];
        int at = 0;
        for (int i = 0; i <= steps; i++) {
            for (int j = 0; j <= steps - i; j++) {
                all[at++] = new double[] {(double) i / steps, (double) j / steps, (double) (steps - i - j) / steps};
            }
        }
        return all;
    }

    private static double rewardLess(double[] policy, double[] reward, double beta) {
        return Simplex.mean(policy, reward) - beta * Simplex.divergence(policy, REFERENCE);
    }

    @Test
    void theOptimumIsTheBestOfAllPolicies() {
        double[] reward = {0.3, -0.2, 1};
        double beta = 0.4;
        Bandit world = Bandit.rewarded(new double[][] {REFERENCE}, new double[][] {reward});
        double[] optimum = world.optimum(beta)[0];
        double best = Arrays.stream(grid(200))
                .mapToDouble(p -> rewardLess(p, reward, beta))
                .max()
                .orElseThrow();
        assertThat(world.objective(new double[][] {optimum}, beta))
                .isGreaterThanOrEqualTo(best)
                .isCloseTo(best, within(1e-4));
        assertThat(world.shortfall(new double[][] {REFERENCE}, beta))
                .isCloseTo(best - rewardLess(REFERENCE, reward, beta), within(1e-4));
        assertThat(world.regret(new double[][] {REFERENCE})).isCloseTo(1 - (0.15 - 0.06 + 0.2), within(1e-12));
    }

    @Test
    void nashPolicyEqualsLinearProgrammingAndIsNotExploitable() {
        Game game = new Game(CIRCLE, REFERENCE);
        assertThat(game.nash()).containsExactly(new double[] {2 / 9., 3 / 9., 4 / 9.}, within(1e-9));
        assertThat(game.gap(game.nash())).isCloseTo(0, within(1e-9));
        RandomGenerator random = new SplittableRandom(3);
        for (int i = 0; i < 20; i++) {
            double[][] p = Preferences.random(7, random);
            assertThat(new Game(p, Simplex.uniform(7)).gap(new Game(p, Simplex.uniform(7)).nash()))
                    .isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void regularisedGapEqualsTheGainOfTheBestPolicy() {
        Game game = new Game(CIRCLE, REFERENCE);
        double tau = 0.3;
        for (double[] policy : List.of(REFERENCE, new double[] {.2, .2, .6}, Simplex.uniform(3))) {
            double cost = tau * Simplex.divergence(policy, REFERENCE);
            double attack = Arrays.stream(grid(300))
                    .mapToDouble(p -> game.winRate(p, policy) - tau * Simplex.divergence(p, REFERENCE) + cost)
                    .max()
                    .orElseThrow();
            double defence = Arrays.stream(grid(300))
                    .mapToDouble(p -> game.winRate(policy, p) - cost + tau * Simplex.divergence(p, REFERENCE))
                    .min()
                    .orElseThrow();
            assertThat(game.gap(policy, tau)).isCloseTo(attack - defence, within(1e-4));
        }
    }

    @Test
    void theRegularisedNashPolicyHasNoGapAndTendsToLinearProgrammings() {
        Game game = new Game(CIRCLE, REFERENCE);
        assertThat(game.nash(0.1)).containsExactly(new double[] {.35193, .20624, .44183}, within(1e-5));
        assertThat(game.nash(0.01)).containsExactly(new double[] {.23076, .31564, .45360}, within(1e-5));
        for (double tau : new double[] {1, 0.1, 0.01}) {
            assertThat(game.gap(game.nash(tau), tau)).as("τ = %s", tau).isCloseTo(0, within(1e-12));
        }
        assertThat(game.nash(1e-4)).containsExactly(game.nash(), within(2e-3));
    }

    @Test
    void preferencesHaveTheirNames() {
        double[][] cyclic = Preferences.cyclic(5, 0.8);
        for (int y = 0; y < 5; y++) {
            int row = y;
            assertThat(Arrays.stream(cyclic[y]).filter(p -> p == 0.8).count()).isEqualTo(2);
            for (int z = 0; z < 5; z++) {
                assertThat(cyclic[y][z] + cyclic[z][y]).isCloseTo(1, within(1e-12));
            }
            assertThat(cyclic[row][row]).isEqualTo(0.5);
        }
        assertThat(new Game(cyclic, Simplex.uniform(5)).nash()).containsExactly(Simplex.uniform(5), within(1e-9));
        double[][] transitive = Preferences.transitive(new double[] {0, Math.log(3)});
        assertThat(transitive[1][0]).isCloseTo(0.75, within(1e-12));
        assertThat(Preferences.flipped(transitive, 0.1)[1][0]).isCloseTo(0.9 * 0.75 + 0.1 * 0.25, within(1e-12));
        assertThat(Preferences.groups(new double[] {0.5, 0.5}, transitive, Preferences.flipped(transitive, 1))[1][0])
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void drawnPairsTendToTheExpectedOnes() {
        double[] behaviour = {.6, .4, 0};
        Bandit world = Bandit.rewarded(new double[][] {REFERENCE}, new double[][] {{0, 1, 5}});
        PairData drawn = PairData.drawn(world, new double[][] {behaviour}, 40_000, 0.1, new SplittableRandom(1));
        double won = Preferences.flipped(world.preference()[0], 0.1)[1][0];
        assertThat(drawn.count(0, 1, 0) / 40_000).isCloseTo(won, within(0.01));
        assertThat(drawn.count(0, 2, 0) + drawn.count(0, 0, 2)).isZero();
        List<TrainingExample> expected =
                PairData.expected(world, new double[][] {behaviour}, 0.1).examples();
        assertThat(expected).hasSize(2);
        assertThat(expected.stream().mapToDouble(TrainingExample::weight).sum()).isCloseTo(2, within(1e-9));
        assertThat(expected.get(1).weight() / 2).isCloseTo(won, within(1e-9));
    }
}
