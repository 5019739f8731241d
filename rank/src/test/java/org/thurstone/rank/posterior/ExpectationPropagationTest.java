package org.thurstone.rank.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.board.Ranking;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.pairs.BradleyTerry;

/** Posteriors against sums over a fine grid, and over a long Markov chain. */
class ExpectationPropagationTest {

    private static final double QUANTILE = 1.959963984540054;

    private static List<Battle> votes(int... wins) {
        List<Battle> battles = new ArrayList<>();
        String[][] pairs = {{"a", "b"}, {"b", "a"}, {"b", "c"}, {"c", "b"}, {"a", "c"}, {"c", "a"}};
        for (int k = 0; k < wins.length; k++) {
            battles.addAll(Simulated.times(wins[k], pairs[k][0], pairs[k][1], Outcome.LEFT));
        }
        return battles;
    }

    private static double deviation(Standing s) {
        return (s.high() - s.low()) / 2 / QUANTILE;
    }

    /** The means and standard deviations of three strengths about their mean, of which the prior's density is that of two contrasts. */
    private static double[][] grid(double ridge, ToDoubleFunction<double[]> logLikelihood) {
        double[] sums = new double[7];
        double reach = 6 / Math.sqrt(Math.max(ridge, 0.3));
        int points = 300;
        for (int k = 0; k <= points; k++) {
            for (int l = 0; l <= points; l++) {
                double x = reach * (2.0 * k / points - 1);
                double y = reach * (2.0 * l / points - 1);
                double[] theta = {
                    x / Math.sqrt(2) + y / Math.sqrt(6), -x / Math.sqrt(2) + y / Math.sqrt(6), -2 * y / Math.sqrt(6)
                };
                double w = Math.exp(logLikelihood.applyAsDouble(theta) - ridge / 2 * (x * x + y * y));
                sums[6] += w;
                for (int i = 0; i < 3; i++) {
                    sums[i] += w * theta[i];
                    sums[3 + i] += w * theta[i] * theta[i];
                }
            }
        }
        double[][] moments = new double[2][3];
        for (int i = 0; i < 3; i++) {
            moments[0][i] = sums[i] / sums[6];
            moments[1][i] = Math.sqrt(sums[3 + i] / sums[6] - moments[0][i] * moments[0][i]);
        }
        return moments;
    }

    private static double log(double[] theta, int i, int j) {
        return -Math.log1p(Math.exp(theta[j] - theta[i]));
    }

    private static void hasMoments(Board board, double[][] exact, double tolerance) {
        hasMoments(board, exact, tolerance, tolerance);
    }

    private static void hasMoments(Board board, double[][] exact, double tolerance, double ofDeviations) {
        for (int i = 0; i < 3; i++) {
            Standing s = board.of(Character.toString('a' + i)).orElseThrow();
            assertThat(s.rating()).as("mean of " + s.item()).isCloseTo(exact[0][i], within(tolerance * exact[1][i]));
            assertThat(deviation(s) / exact[1][i])
                    .as("deviation of " + s.item())
                    .isCloseTo(1, within(ofDeviations));
        }
    }

    /** A single factor is exact: ∫ σ(d)^3·σ(−d)·N(d; 0, 2/ridge), summed here. */
    @Test
    void twoItemsAreExact() {
        for (double ridge : new double[] {0.1, 1, 4}) {
            Board board = new BradleyTerryEp(ridge).rank(Tally.of(votes(3, 1)), Inference.DEFAULT);
            double[] sums = new double[3];
            for (double d = -60; d <= 60; d += 0.005) {
                double w = Math.exp(-3 * Math.log1p(Math.exp(-d)) - Math.log1p(Math.exp(d)) - ridge * d * d / 4);
                sums[0] += w;
                sums[1] += w * d;
                sums[2] += w * d * d;
            }
            double mean = sums[1] / sums[0];
            Standing a = board.of("a").orElseThrow();
            assertThat(a.rating()).isCloseTo(mean / 2, within(1e-8));
            assertThat(deviation(a)).isCloseTo(Math.sqrt(sums[2] / sums[0] - mean * mean) / 2, within(1e-7));
            assertThat(a.evidence().interval()).isEqualTo(IntervalKind.POSTERIOR);
        }
    }

    @Test
    void threeItemsAreThoseOfTheGrid() {
        int[] wins = {3, 1, 2, 1, 4, 1};
        double[][] exact = grid(
                0.5,
                theta -> 3 * log(theta, 0, 1)
                        + log(theta, 1, 0)
                        + 2 * log(theta, 1, 2)
                        + log(theta, 2, 1)
                        + 4 * log(theta, 0, 2)
                        + log(theta, 2, 0));
        hasMoments(new BradleyTerryEp(0.5).rank(Tally.of(votes(wins)), Inference.DEFAULT), exact, 0.01);
    }

    /** One battle won by each of a and b against the next: nothing bounds the likelihood, the prior does. */
    @Test
    void unbeatenItemsHaveAPosterior() {
        double[][] exact = grid(1, theta -> 2 * log(theta, 0, 1) + log(theta, 1, 2));
        Board board = new BradleyTerryEp(1).rank(Tally.of(votes(2, 0, 1)), Inference.DEFAULT);
        hasMoments(board, exact, 0.02);
        assertThat(board.standings()).allMatch(Standing::hasInterval);
        assertThat(board.remarks())
                .containsExactly(
                        "P: posterior intervals, under a normal prior of strengths with standard deviation 1.00 (ridge 1.0)");
    }

    /** Orders abc twice, bac and cab once each, and b alone before the other two. */
    @Test
    void choicesAmongThreeAreThoseOfTheGrid() {
        List<Rankings.Ranking> orders = List.of(
                order(2, List.of(List.of(0), List.of(1), List.of(2))),
                order(1, List.of(List.of(1), List.of(0), List.of(2))),
                order(1, List.of(List.of(2), List.of(0), List.of(1))),
                new Rankings.Ranking(List.of(List.of(1), List.of(0, 2)), true, 1, ""));
        Rankings rankings = new Rankings(List.of("a", "b", "c"), orders);
        double[][] exact = grid(
                0.5,
                theta -> 2 * (first(theta, 0) + log(theta, 1, 2))
                        + first(theta, 1)
                        + log(theta, 0, 2)
                        + first(theta, 2)
                        + log(theta, 0, 1)
                        + first(theta, 1));
        Board board = new PlackettLuceEp(0.5).rank(rankings, Inference.DEFAULT);
        hasMoments(board, exact, 0.01, 0.03);
        // What expectation propagation gives with moments from a product of Gauss–Hermite rules, by numpy.
        double[] means = {0.56221103, 0.3191655, -0.88137653};
        double[] deviations = {0.50663069, 0.4851113, 0.57473141};
        hasMoments(board, new double[][] {means, deviations}, 1e-4);
    }

    private static double first(double[] theta, int chosen) {
        return theta[chosen] - Math.log(Arrays.stream(theta).map(Math::exp).sum());
    }

    private static Rankings.Ranking order(double weight, List<List<Integer>> blocks) {
        return new Rankings.Ranking(blocks, false, weight, "");
    }

    /** Five items, of which the first was chosen: sums over a sequence of points against a plain simulation of the same density. */
    @Test
    void momentsOfAChoiceAmongFiveAreThoseOfASimulation() {
        double[] mean = {0.5, 0, -0.5, 1};
        double[][] covariance = new double[4][4];
        for (int k = 0; k < 4; k++) {
            for (int l = 0; l < 4; l++) {
                covariance[k][l] = k == l ? 2 : 1;
            }
        }
        Site.Moments density = new Site.Moments(mean, covariance);
        Site.Moments found = ChoiceSite.of(0, new int[] {1, 2, 3, 4}, 1).tilted(density, density);
        SplittableRandom random = new SplittableRandom(1);
        double all = 0;
        double[] first = new double[4];
        double[] second = new double[4];
        for (int n = 0; n < 400_000; n++) {
            double shared = random.nextGaussian();
            double[] d = new double[4];
            double sum = 1;
            for (int k = 0; k < 4; k++) {
                d[k] = mean[k] + shared + random.nextGaussian();
                sum += Math.exp(d[k]);
            }
            all += 1 / sum;
            for (int k = 0; k < 4; k++) {
                first[k] += d[k] / sum;
                second[k] += d[k] * d[k] / sum;
            }
        }
        for (int k = 0; k < 4; k++) {
            double expected = first[k] / all;
            assertThat(found.mean()[k]).isCloseTo(expected, within(0.02));
            assertThat(found.covariance()[k][k]).isCloseTo(second[k] / all - expected * expected, within(0.04));
        }
    }

    /** Narrow densities: the added precision, by products of 40 Gauss–Hermite points per dimension in numpy. */
    @Test
    void aNarrowChoiceAddsTheRightPrecision() {
        checkChoice(
                0.2, 5e-4, new double[] {0.38834172369161923, -0.09768464986985817, -0.5888346454033563}, new double[] {
                    0.22651525242320503, 0.1736105767134335, 0.12040867719820181
                });
        // Half of it by the sums, half by the solution.
        checkChoice(
                0.6, 4e-3, new double[] {0.1839321941366193, -0.2800287472971962, -0.7557383476152302}, new double[] {
                    0.20816310396855542, 0.16215808688646716, 0.11602016146553185
                });
    }

    private static void checkChoice(double variance, double tolerance, double[] means, double[] added) {
        double[][] covariance = new double[3][3];
        for (int k = 0; k < 3; k++) {
            for (int l = 0; l < 3; l++) {
                covariance[k][l] = k == l ? variance : variance / 2;
            }
        }
        Site.Moments density = new Site.Moments(new double[] {0.5, 0, -0.5}, covariance);
        Site.Moments found = ChoiceSite.of(0, new int[] {1, 2, 3}, 1).tilted(density, density);
        double[][] before = Cholesky.of(covariance).inverse();
        double[][] after = Cholesky.of(found.covariance()).inverse();
        for (int k = 0; k < 3; k++) {
            assertThat(found.mean()[k]).isCloseTo(means[k], within(tolerance));
            assertThat(after[k][k] - before[k][k]).isCloseTo(added[k], within(tolerance));
        }
    }

    /** Orders of two items are battles. */
    @Test
    void ordersOfTwoAreBradleyTerry() {
        List<Battle> battles = votes(3, 1, 2, 1, 4, 1);
        battles.add(Battle.of("a", "b", Outcome.TIE));
        Board orders = new PlackettLuceEp(0.2).rank(Battles.of(battles), Inference.DEFAULT);
        Board pairs = new BradleyTerryEp(0.2).rank(Tally.of(battles), Inference.DEFAULT);
        for (Standing s : pairs.standings()) {
            Standing t = orders.of(s.item()).orElseThrow();
            assertThat(t.rating()).isCloseTo(s.rating(), within(1e-9));
            assertThat(t.low()).isCloseTo(s.low(), within(1e-9));
        }
    }

    /** A Metropolis chain of six strengths, 40 sparse battles: within the chain's own error, about 2 % of a standard deviation. */
    @Test
    void aMarkovChainAgrees() {
        SplittableRandom random = new SplittableRandom(6);
        List<Battle> battles = Simulated.battles(new double[] {1, 0.6, 0.2, -0.2, -0.6, -1}, 40, random);
        Battles votes = Battles.of(battles);
        int n = votes.items().size();
        double ridge = 0.5;
        double[] theta = new double[n];
        double[] sums = new double[n];
        double[] squares = new double[n];
        int sweeps = 40_000;
        for (int sweep = 0; sweep < sweeps; sweep++) {
            for (int i = 0; i < n; i++) {
                double next = theta[i] + 1.6 * random.nextGaussian();
                double gain = -ridge / 2 * (next * next - theta[i] * theta[i]);
                for (int b = 0; b < votes.count(); b++) {
                    if (votes.left(b) == i || votes.right(b) == i) {
                        boolean won = (votes.left(b) == i) == (votes.outcome(b) == Outcome.LEFT);
                        double other = theta[votes.left(b) == i ? votes.right(b) : votes.left(b)];
                        double sign = won ? -1 : 1;
                        gain += Math.log1p(Math.exp(sign * (theta[i] - other)))
                                - Math.log1p(Math.exp(sign * (next - other)));
                    }
                }
                theta[i] = Math.log(random.nextDouble()) < gain ? next : theta[i];
            }
            double mean = Arrays.stream(theta).average().orElseThrow();
            for (int i = 0; i < n; i++) {
                sums[i] += theta[i] - mean;
                squares[i] += (theta[i] - mean) * (theta[i] - mean);
            }
        }
        Board board = new BradleyTerryEp(ridge).rank(votes, Inference.DEFAULT);
        for (int i = 0; i < n; i++) {
            Standing s = board.of(votes.items().get(i)).orElseThrow();
            double mean = sums[i] / sweeps;
            double spread = Math.sqrt(squares[i] / sweeps - mean * mean);
            assertThat(s.rating()).isCloseTo(mean, within(0.05 * spread));
            assertThat(deviation(s) / spread).isBetween(0.95, 1.05);
        }
    }

    /** With many battles, prior and posterior say what the likelihood says. */
    @Test
    void manyBattlesGiveTheMaximumOfTheLikelihood() {
        List<Battle> battles =
                Simulated.battles(new double[] {1, 0.5, 0.2, 0, -0.3, -0.6, -0.8}, 20_000, new SplittableRandom(8));
        Board fit = BradleyTerry.PLAIN.rank(Tally.of(battles), Inference.DEFAULT.with(Inference.Intervals.FISHER));
        Board posterior = new BradleyTerryEp(0.1).rank(Tally.of(battles), Inference.DEFAULT);
        for (Standing s : fit.standings()) {
            Standing t = posterior.of(s.item()).orElseThrow();
            assertThat(t.rating()).isCloseTo(s.rating(), within(2e-3));
            assertThat(deviation(t) / deviation(s)).isBetween(0.99, 1.01);
        }
    }

    @Test
    void longOrdersSettle() {
        SplittableRandom random = new SplittableRandom(4);
        List<String> items = new ArrayList<>();
        double[] worth = new double[8];
        for (int i = 0; i < 8; i++) {
            items.add("i" + i);
            worth[i] = 1.5 - 0.4 * i;
        }
        List<Rankings.Ranking> orders = new ArrayList<>();
        for (int n = 0; n < 25; n++) {
            double[] race = new double[8];
            for (int i = 0; i < 8; i++) {
                race[i] = -worth[i] + Math.log(-Math.log(1 - random.nextDouble()));
            }
            List<List<Integer>> blocks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                blocks.add(List.of(i));
            }
            blocks.sort((x, y) -> Double.compare(race[x.getFirst()], race[y.getFirst()]));
            orders.add(new Rankings.Ranking(blocks, false, 1, ""));
        }
        Board board = new PlackettLuceEp(0.5).rank(new Rankings(items, orders), Inference.DEFAULT);
        for (int i = 0; i < 8; i++) {
            Standing s = board.of("i" + i).orElseThrow();
            assertThat(s.rating()).isCloseTo(worth[i] - 0.1, within(4 * deviation(s)));
            assertThat(deviation(s)).isBetween(0.1, 0.25);
        }
    }

    @Test
    void onlyPosteriorIntervalsAreClaimedAndABootstrapWorks() {
        Tally votes = Tally.of(votes(6, 3, 5, 2, 7, 2));
        assertThat(new BradleyTerryEp(0.1)
                        .rank(votes, Inference.DEFAULT.with(Inference.Intervals.SANDWICH))
                        .standings())
                .noneMatch(Standing::hasInterval);
        Board drawn = Ranking.by("bradley-terry-ep")
                .with(Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(40))
                .of(votes);
        assertThat(drawn.standings()).allMatch(s -> s.evidence().interval() == IntervalKind.BOOTSTRAP);
        double chance = Ranking.by("bradley-terry-ep")
                .of(votes)
                .forecast()
                .orElseThrow()
                .chances(Battle.of("a", "b", Outcome.TIE))
                .orElseThrow()
                .left();
        assertThat(chance).isBetween(0.55, 0.7);
        assertThat(PosteriorBoard.expected(0, 3)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void whatItCannotRankIsRefused() {
        Rankings tied = new Rankings(List.of("a", "b", "c"), List.of(order(1, List.of(List.of(0, 1), List.of(2)))));
        assertThatThrownBy(() -> new PlackettLuceEp(1).rank(tied, Inference.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("orders without ties");
        assertThatThrownBy(() -> new PlackettLuceEp(1).rank(Tally.of(votes(1, 1)), Inference.DEFAULT))
                .hasMessageContaining("bradley-terry-ep");
        assertThatThrownBy(() -> new BradleyTerryEp(0)).hasMessageContaining("ridge is 0.0");
    }
}
