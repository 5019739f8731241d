package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Board;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.certainty.Contrast;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.certainty.QuasiVariances;
import org.thurstone.rank.certainty.RankDistribution;

class LargeBoardTest {

    /** Random pairs, of which the later items meet fewer opponents; some battles tie. */
    private static Tally votes(int items, int battles, double tied, SplittableRandom random) {
        double[] strengths = IntStream.range(0, items)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        TallyCounter counter = new TallyCounter();
        for (int i = 0; i < items; i++) {
            counter.item("item " + i);
        }
        for (int k = 0; k < battles; k++) {
            // The first 3 of 4 battles bring each item in turn, so that every item has some.
            int left = 4 * k < 3 * battles ? k % items : (int) (items * Math.pow(random.nextDouble(), 2));
            int right = (int) (items * random.nextDouble());
            if (left != right) {
                boolean won = random.nextDouble() < 1 / (1 + Math.exp(strengths[right] - strengths[left]));
                counter.add(
                        left, right, random.nextDouble() < tied ? Outcome.TIE : won ? Outcome.LEFT : Outcome.RIGHT, 1);
            }
        }
        return counter.tally();
    }

    private static PairFit fit(BradleyTerry model, Tally votes) {
        PairModel inside = model.model("test");
        return inside.fit(Cells.of(votes, inside.home(), inside.halfLife()));
    }

    private static List<BradleyTerry> models() {
        return List.of(
                BradleyTerry.PLAIN,
                BradleyTerry.PLAIN.with(BradleyTerry.Ties.DAVIDSON).withHome(true),
                BradleyTerry.PLAIN.with(BradleyTerry.Ties.RAO_KUPPER).withRidge(0.1),
                BradleyTerry.PLAIN.withHome(true).withGamma(1.5));
    }

    @Test
    void conjugateGradientsReachTheMaximumOfTheDenseFit() {
        for (BradleyTerry model : models()) {
            PairFit dense = fit(model, votes(200, 3000, 0.2, new SplittableRandom(1)));
            double[] start = new double[dense.parameters().length];
            start[start.length - 1] = dense.likelihood().response().tieParameter(0.2);
            PairFit sparse = new PairFit(
                    dense.likelihood(),
                    dense.groups(),
                    PairNewton.climbSparse(dense.likelihood(), dense.groups(), start));
            assertThat(sparse.strengths()).containsExactly(dense.strengths(), within(1e-11));
            for (int extra = dense.items(); extra < dense.parameters().length; extra++) {
                assertThat(sparse.parameters()[extra]).isCloseTo(dense.parameters()[extra], within(1e-11));
            }
        }
    }

    /** The worst case for conjugate gradients: as many steps as items. */
    @Test
    void aLongChainIsFittedAsExactly() {
        TallyCounter counter = new TallyCounter();
        for (int i = 0; i < 2000; i++) {
            counter.item(String.format("%04d", i));
        }
        for (int i = 0; i + 1 < 2000; i++) {
            counter.add(i, i + 1, Outcome.LEFT, 1);
            counter.add(i, i + 1, Outcome.RIGHT, 1);
            counter.add(i, i + 1, i % 3 == 0 ? Outcome.LEFT : Outcome.RIGHT, 1);
        }
        PairFit fit = fit(BradleyTerry.PLAIN, counter.tally());
        double[] strengths = fit.strengths();
        for (int i = 0; i + 1 < 2000; i++) {
            assertThat(strengths[i] - strengths[i + 1]).isCloseTo((i % 3 == 0 ? 1 : -1) * Math.log(2), within(1e-9));
        }
    }

    @Test
    void drawnStandardErrorsAreThoseOfTheDenseCovariance() {
        for (BradleyTerry model : models()) {
            PairFit fit = fit(model, votes(400, 48_000, 0.2, new SplittableRandom(2)));
            for (boolean sandwich : new boolean[] {true, false}) {
                double[][] covariance = PairIntervals.covariance(fit, sandwich);
                DrawnErrors drawn = DrawnErrors.of(fit, sandwich, 0, 7);
                double squares = 0;
                for (int i = 0; i < fit.items(); i++) {
                    double ratio = drawn.errors()[i] / Math.sqrt(covariance[i][i]);
                    assertThat(ratio).isCloseTo(1, within(0.045));
                    squares += (ratio - 1) * (ratio - 1);
                }
                assertThat(drawn.draws()).isBetween(32, 400);
                // The error that is reported is the one that is made.
                assertThat(Math.sqrt(squares / fit.items()) / drawn.typical()).isBetween(0.7, 1.4);
                assertThat(drawn.largest()).isLessThan(0.015);
                for (int extra = fit.items(); extra < fit.parameters().length; extra++) {
                    assertThat(drawn.errors()[extra])
                            .isCloseTo(Math.sqrt(covariance[extra][extra]), within(1e-4 * drawn.errors()[extra]));
                }
            }
        }
    }

    /** Items with few opponents would take very many draws. */
    @Test
    void fewThinItemsGetExactStandardErrors() {
        PairFit fit = fit(BradleyTerry.PLAIN, votes(150, 2000, 0.2, new SplittableRandom(2)));
        double[][] covariance = PairIntervals.covariance(fit, true);
        DrawnErrors drawn = DrawnErrors.of(fit, true, 0, 7);
        assertThat(drawn.draws()).isEqualTo(32);
        for (int i = 0; i < fit.items(); i++) {
            assertThat(drawn.errors()[i] / Math.sqrt(covariance[i][i])).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void drawnErrorsHaveTheCovarianceOfTheDenseOne() {
        PairFit fit =
                fit(BradleyTerry.PLAIN.with(BradleyTerry.Ties.DAVIDSON), votes(40, 800, 0.2, new SplittableRandom(3)));
        double[][] covariance = PairIntervals.covariance(fit, true);
        DrawnErrors drawn = DrawnErrors.of(fit, true, 4000, 7);
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                double product = 0;
                for (int d = 0; d < 4000; d++) {
                    product += drawn.drawn()[i][d] * drawn.drawn()[j][d] / 4000;
                }
                double scale = Math.sqrt(covariance[i][i] * covariance[j][j]);
                assertThat(product / scale).isCloseTo(covariance[i][j] / scale, within(0.08));
            }
        }
    }

    /** One sparse system for each: the variance is that of the dense covariance. */
    @Test
    void theErrorOfOneDifferenceNeedsNoMatrix() {
        for (BradleyTerry model : models()) {
            PairFit fit = fit(model, votes(120, 2000, 0.2, new SplittableRandom(8)));
            for (boolean sandwich : new boolean[] {true, false}) {
                double[][] covariance = PairIntervals.covariance(fit, sandwich);
                int[] items = IntStream.range(0, 20).toArray();
                int[] others = IntStream.range(0, 20).map(k -> 119 - 5 * k).toArray();
                double[] solved = new PairVariances(fit, sandwich).ofDifferences(items, others);
                for (int k = 0; k < 20; k++) {
                    int i = items[k];
                    int j = others[k];
                    double exact = covariance[i][i] + covariance[j][j] - 2 * covariance[i][j];
                    // The dense one takes the mean from the inverse before it is multiplied by the scatter, which sees
                    // a prior.
                    double tolerance = fit.likelihood().prior().none() ? 1e-6 : 1e-2;
                    assertThat(solved[k]).isCloseTo(exact, within(tolerance * exact));
                }
            }
        }
    }

    /** The same figures as a board of few items, each in one number per item. */
    @Test
    void aLargeBoardHasContrastsQuasiErrorsAndRanks() {
        Tally votes = votes(1010, 25_000, 0, new SplittableRandom(9));
        Board board = EloPoints.of(BradleyTerry.PLAIN.withRidge(0.1).rank(votes, Inference.DEFAULT.withDraws(200)));
        assertThat(board.errors()).isEmpty();
        DifferenceErrors errors = board.differences().orElseThrow();
        String first = board.standings().getFirst().item();
        String later = board.standings().get(40).item();
        Contrast contrast = Contrast.of(errors, first, later, 0.95).orElseThrow();
        assertThat(contrast.difference())
                .isCloseTo(
                        board.of(first).orElseThrow().rating()
                                - board.of(later).orElseThrow().rating(),
                        within(1e-9));
        int i = errors.items().indexOf(first);
        int j = errors.items().indexOf(later);
        double[][] drawn = errors.drawn().orElseThrow();
        double squares = IntStream.range(0, 200)
                .mapToDouble(d -> Math.pow(drawn[i][d] - drawn[j][d], 2))
                .sum();
        assertThat(Math.sqrt(squares / 200) / contrast.standardError()).isCloseTo(1, within(0.15));
        QuasiVariances quasi = QuasiVariances.ofMany(errors, 1);
        assertThat(Math.sqrt(quasi.of()[i] + quasi.of()[j]) / contrast.standardError())
                .isCloseTo(1, within(0.06));
        assertThat(quasi.checked()).isEqualTo(64);
        assertThat(quasi.largestError()).isLessThan(0.12);
        RankDistribution ranks = RankDistribution.ofDrawn(errors, 0.95).orElseThrow();
        assertThat(IntStream.range(0, 1010).mapToDouble(k -> ranks.best()[k]).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(ranks.mean()[i]).isLessThan(ranks.mean()[j]);
    }

    /** As the profile of the whole likelihood has them, where opponents have some battles. */
    @Test
    void likelihoodRatioIntervalsOfManyItemsAreThoseOfTheProfile() {
        Tally votes = votes(60, 3000, 0, new SplittableRandom(10));
        Inference inference = Inference.DEFAULT.with(Inference.Intervals.LIKELIHOOD_RATIO);
        Board dense = BradleyTerry.PLAIN.rank(votes, inference);
        PairFit fit = fit(BradleyTerry.PLAIN, votes);
        double[][] covariance = PairIntervals.covariance(fit, false);
        double[] variances =
                IntStream.range(0, 60).mapToDouble(i -> covariance[i][i]).toArray();
        double[][] ends =
                ThinItems.ratios(fit, fit.likelihood().cells(), fit.strengths(), variances, inference.level());
        for (int i = 0; i < 60; i++) {
            Standing s = dense.of(votes.items().get(i)).orElseThrow();
            assertThat(ends[i][0]).isCloseTo(s.low(), within(0.03 * (s.high() - s.low())));
            assertThat(ends[i][1]).isCloseTo(s.high(), within(0.03 * (s.high() - s.low())));
        }
    }

    @Test
    void aLargeBoardSaysWhereItsLikelihoodRatioIntervalsAreFrom() {
        Tally votes = votes(1100, 20_000, 0, new SplittableRandom(11));
        Board board = BradleyTerry.PLAIN
                .withRidge(0.1)
                .rank(
                        votes,
                        Inference.DEFAULT
                                .with(Inference.Intervals.LIKELIHOOD_RATIO)
                                .withDraws(0));
        assertThat(board.remarks()).anyMatch(r -> r.startsWith("Likelihood-ratio intervals are from each item's own"));
        assertThat(board.standings()).allSatisfy(s -> {
            assertThat(s.evidence().interval()).isEqualTo(IntervalKind.LIKELIHOOD_RATIO);
            assertThat(s.rating()).isBetween(s.low(), s.high());
        });
        // They are not symmetric: the best items could be much better.
        Standing first = board.standings().getFirst();
        assertThat(first.high() - first.rating()).isGreaterThan(1.02 * (first.rating() - first.low()));
    }

    /** A board's ratings and errors in another unit. */
    private record EloPoints() {
        static Board of(Board board) {
            double points = 400 / Math.log(10);
            return new Board(
                    board.model(),
                    "points",
                    board.standings().stream()
                            .map(s -> new Standing(
                                    s.item(),
                                    points * s.rating(),
                                    points * s.low(),
                                    points * s.high(),
                                    s.rank(),
                                    s.best(),
                                    s.worst(),
                                    s.group(),
                                    s.evidence()))
                            .toList(),
                    board.quantities(),
                    board.remarks(),
                    board.forecast(),
                    board.differences().map(errors -> errors.scaled(points, 0)));
        }
    }

    @Test
    void aBoardOfTwoThousandItemsSaysHowItsIntervalsAndPlacesAreMade() {
        Tally votes = votes(2000, 40_000, 0, new SplittableRandom(4));
        Board board = BradleyTerry.PLAIN.withRidge(0.1).rank(votes, Inference.DEFAULT.withDraws(200));
        assertThat(board.remarks())
                .anyMatch(remark -> remark.matches("Standard errors come from \\d+ draws; their Monte Carlo error.*"));
        assertThat(board.standings()).allSatisfy(s -> {
            assertThat(s.rating()).isBetween(s.low(), s.high());
            assertThat(s.best()).isBetween(1, s.rank());
            assertThat(s.worst()).isBetween(s.rank(), 2000);
            assertThat(s.evidence().best()).isBetween(s.best(), s.rank());
            assertThat(s.evidence().worst()).isBetween(s.rank(), s.worst());
        });
        assertThat(board.standings().getFirst().evidence().worst()).isLessThan(1000);
        assertThat(BradleyTerry.PLAIN
                        .withRidge(0.1)
                        .rank(votes, Inference.DEFAULT.withDraws(200))
                        .standings())
                .isEqualTo(board.standings());
    }

    @Test
    void aBoardOfMoreThanFiveThousandItemsHasPlacesOfEachItemAlone() {
        Tally votes = votes(5200, 60_000, 0.1, new SplittableRandom(5));
        Board board = BradleyTerry.PLAIN.withRidge(0.1).rank(votes, Inference.DEFAULT.with(Inference.Intervals.FISHER));
        assertThat(board.remarks())
                .contains("Places are those of each item alone, because there are more than 5,000 items");
        List<Standing> standings = board.standings();
        Standing one = standings.get(700);
        double error = (one.high() - one.low()) / 2;
        long better = standings.stream()
                .filter(s -> s.rating() - one.rating() > Math.hypot(error, (s.high() - s.low()) / 2))
                .count();
        long worse = standings.stream()
                .filter(s -> one.rating() - s.rating() > Math.hypot(error, (s.high() - s.low()) / 2))
                .count();
        assertThat(one.evidence().best()).isEqualTo(1 + better);
        assertThat(one.evidence().worst()).isEqualTo(5200 - worse);
        assertThat(one.placed()).isFalse();
    }

    @Test
    void groupsOfManyItemsAreFoundWithoutAListForEach() {
        Tally votes = votes(3000, 6000, 0, new SplittableRandom(6));
        PairFit fit = fit(BradleyTerry.PLAIN, votes);
        Groups groups = fit.groups();
        assertThat(groups.count()).isBetween(500, 2000);
        double[] sums = new double[groups.count()];
        double[] strengths = fit.strengths();
        for (int i = 0; i < strengths.length; i++) {
            sums[groups.of()[i]] += strengths[i];
        }
        assertThat(sums).containsExactly(new double[sums.length], within(1e-10));
    }
}
