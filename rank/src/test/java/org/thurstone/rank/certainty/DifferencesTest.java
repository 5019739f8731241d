package org.thurstone.rank.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Board;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Tally;
import org.thurstone.rank.pairs.BradleyTerry;

/** Differences of ratings, by closed forms. */
class DifferencesTest {

    private static RatingErrors errors(double[] ratings, double[][] covariance) {
        return new RatingErrors(
                IntStream.range(0, ratings.length).mapToObj(Simulated::name).toList(),
                ratings,
                covariance,
                new int[ratings.length]);
    }

    /** Thirty wins to ten: the difference is log 3, with the variance 1/30 + 1/10 of a log-odds; z = 3.0087, p = 0.00262. */
    @Test
    void aContrastIsTheLogOddsOfTheTwo() {
        List<org.thurstone.rank.Battle> votes = new java.util.ArrayList<>(Simulated.times(30, "a", "b", Outcome.LEFT));
        votes.addAll(Simulated.times(10, "a", "b", Outcome.RIGHT));
        Board board = BradleyTerry.PLAIN.rank(Tally.of(votes), Inference.DEFAULT.with(Inference.Intervals.FISHER));
        Contrast contrast =
                Contrast.of(board.errors().orElseThrow(), "a", "b", 0.95).orElseThrow();
        double error = Math.sqrt(1 / 30.0 + 1 / 10.0);
        assertThat(contrast.difference()).isCloseTo(Math.log(3), within(1e-9));
        assertThat(contrast.standardError()).isCloseTo(error, within(1e-9));
        assertThat(contrast.low()).isCloseTo(Math.log(3) - 1.959963984540054 * error, within(1e-9));
        assertThat(contrast.pValue()).isCloseTo(0.00262, within(1e-5));
        assertThat(Contrast.of(board.errors().orElseThrow(), "a", "zz", 0.95)).isEmpty();
    }

    /** The quasi-variances of independent errors are the variances. */
    @Test
    void quasiVariancesOfIndependentErrorsAreTheirVariances() {
        int n = 6;
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            covariance[i][i] = 0.1 + 0.3 * i;
            for (int j = 0; j < n; j++) {
                covariance[i][j] += 5;
            }
        }
        QuasiVariances quasi = QuasiVariances.of(errors(new double[n], covariance));
        for (int i = 0; i < n; i++) {
            assertThat(quasi.of()[i]).isCloseTo(0.1 + 0.3 * i, within(1e-8));
        }
        assertThat(quasi.largestError()).isLessThan(1e-8);
    }

    /** So are those of many items, from all pairs or from the variances about the mean alone. */
    @Test
    void quasiVariancesOfManyIndependentErrorsAreTheirVariances() {
        int n = 7;
        double[][] covariance = new double[n][n];
        IntStream.range(0, n).forEach(i -> covariance[i][i] = 0.1 + 0.3 * i);
        RatingErrors matrix = errors(new double[n], covariance);
        double[][] centred = Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
        Groups.one(n).centre(centred);
        for (QuasiVariances quasi : List.of(
                QuasiVariances.ofMany(matrix, 1),
                QuasiVariances.ofMany(new Solved(errors(new double[n], centred)), 1))) {
            for (int i = 0; i < n; i++) {
                assertThat(quasi.of()[i]).isCloseTo(0.1 + 0.3 * i, within(1e-12));
            }
            assertThat(quasi.largestError()).isLessThan(1e-12);
        }
    }

    /** Errors that are found one by one, as those of a large board. */
    private record Solved(RatingErrors matrix) implements DifferenceErrors {
        @Override
        public List<String> items() {
            return matrix.items();
        }

        @Override
        public double[] ratings() {
            return matrix.ratings();
        }

        @Override
        public int[] group() {
            return matrix.group();
        }

        @Override
        public double variance(int item) {
            return matrix.variance(item);
        }

        @Override
        public double variance(int item, int other) {
            return matrix.variance(item, other);
        }

        @Override
        public Optional<double[][]> drawn() {
            return Optional.empty();
        }

        @Override
        public DifferenceErrors scaled(double factor, double origin) {
            return new Solved(matrix.scaled(factor, origin));
        }

        @Override
        public DifferenceErrors with(double[] moved) {
            return new Solved(matrix.with(moved));
        }
    }

    /** Three differences and three quasi-variances: q₁ = (v₁₂ + v₁₃ − v₂₃)/2. */
    @Test
    void quasiVariancesOfThreeItemsAreExact() {
        double[][] covariance = {{1, 0.3, 0.1}, {0.3, 2, -0.2}, {0.1, -0.2, 0.7}};
        QuasiVariances quasi = QuasiVariances.of(errors(new double[3], covariance));
        assertThat(quasi.of()[0]).isCloseTo((2.4 + 1.5 - 3.1) / 2, within(1e-8));
        assertThat(quasi.of()[1]).isCloseTo((2.4 + 3.1 - 1.5) / 2, within(1e-8));
        assertThat(quasi.of()[2]).isCloseTo((1.5 + 3.1 - 2.4) / 2, within(1e-8));
    }

    /** Two independent normal ratings: the first is better with probability Φ(difference/√(sum of variances)). */
    @Test
    void theProbabilityOfBeingBestIsThatOfTheDifference() {
        RankDistribution ranks = RankDistribution.of(
                errors(new double[] {0.5, 0}, new double[][] {{0.3, 0}, {0, 0.7}}), 0.95, 40_000, 3);
        assertThat(ranks.best()[0]).isCloseTo(0.6915, within(0.008));
        assertThat(ranks.best()[0] + ranks.best()[1]).isCloseTo(1, within(1e-12));
        assertThat(ranks.mean()[0]).isCloseTo(2 - 0.6915, within(0.008));
        assertThat(ranks.low()[0]).isEqualTo(1);
        assertThat(ranks.high()[1]).isEqualTo(2);
    }

    /** Items of other groups are not counted. */
    @Test
    void ranksAreWithinGroups() {
        double[][] covariance = new double[4][4];
        IntStream.range(0, 4).forEach(i -> covariance[i][i] = 1e-6);
        RatingErrors errors = new RatingErrors(
                List.of("a", "b", "c", "d"), new double[] {1, 9, 0, 8}, covariance, new int[] {0, 1, 0, 1});
        RankDistribution ranks = RankDistribution.of(errors, 0.95, 200, 1);
        assertThat(ranks.mean()).containsExactly(1, 1, 2, 2);
        assertThat(Contrast.of(errors, "a", "b", 0.95)).isEmpty();
        assertThat(QuasiVariances.of(errors).of()).containsOnly(Double.NaN);
    }

    /** The random numbers of the test of many items are those of any seed: the whole is deterministic. */
    @Test
    void sameSeedGivesTheSameRanks() {
        SplittableRandom random = new SplittableRandom(4);
        double[] ratings = random.doubles(8, -1, 1).toArray();
        double[][] covariance = new double[8][8];
        IntStream.range(0, 8).forEach(i -> covariance[i][i] = 0.1);
        assertThat(RankDistribution.of(errors(ratings, covariance), 0.9, 300, 5).mean())
                .isEqualTo(RankDistribution.of(errors(ratings, covariance), 0.9, 300, 5)
                        .mean());
    }
}
