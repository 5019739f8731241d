package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.certainty.ItemIntervals;
import org.thurstone.rank.certainty.Spread;

/** Items with few battles get intervals that hold with few battles. */
class ThinItemsTest {

    private static Standing of(Board board, String item) {
        return board.of(item).orElseThrow();
    }

    /** Three items that tied once with each other: a sandwich of nothing but ties has no width. */
    @Test
    void tiesAloneAreNoCertainty() {
        List<Battle> ties = List.of(
                Battle.of("a", "b", Outcome.TIE),
                Battle.of("b", "c", Outcome.TIE),
                Battle.of("a", "c", Outcome.BOTH_BAD));
        // With b and c equal, a is 2/3·x above the mean, x being its lead; its two ties lose log 4p(1 − p), p = σ(x).
        double product = Math.exp(-1.959963984540054 * 1.959963984540054 / 2) / 4;
        double p = (1 + Math.sqrt(1 - 4 * product)) / 2;
        double expected = 2 / 3.0 * Math.log(p / (1 - p));
        for (Inference inference : List.of(
                Inference.DEFAULT,
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(50))) {
            Standing a = of(BradleyTerry.PLAIN.rank(Battles.of(ties), inference), "a");
            assertThat(a.rating()).isCloseTo(0, within(1e-12));
            assertThat(a.high()).isCloseTo(expected, within(1e-6));
            assertThat(a.low()).isCloseTo(-expected, within(1e-6));
            assertThat(a.evidence().interval()).isEqualTo(IntervalKind.LIKELIHOOD_RATIO);
        }
        assertThat(expected).isCloseTo(2.153, within(5e-4));
        Standing davidson =
                of(BradleyTerry.PLAIN.with(BradleyTerry.Ties.DAVIDSON).rank(Tally.of(ties), Inference.DEFAULT), "a");
        assertThat(davidson.high()).isCloseTo(expected, within(1e-6));
    }

    /** One of 120 battles is the newcomer's, a tie: it must not have the narrowest interval. */
    @Test
    void aNewcomerWithOneTieIsTheLeastCertain() {
        List<Battle> votes =
                new ArrayList<>(Simulated.battles(new double[] {0.4, 0, -0.3}, 119, new SplittableRandom(5)));
        votes.add(Battle.of("new", Simulated.name(2), Outcome.TIE));
        for (BradleyTerry.Ties ties : List.of(BradleyTerry.Ties.HALF, BradleyTerry.Ties.DAVIDSON)) {
            for (Inference inference : List.of(
                    Inference.DEFAULT,
                    Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(100))) {
                Board board = BradleyTerry.PLAIN.with(ties).rank(Tally.of(votes), inference);
                Standing entrant = of(board, "new");
                for (Standing s : board.standings()) {
                    if (!s.item().equals("new")) {
                        assertThat(entrant.high() - entrant.low()).isGreaterThan(4 * (s.high() - s.low()));
                        assertThat(s.evidence().interval()).isNotEqualTo(IntervalKind.LIKELIHOOD_RATIO);
                    }
                }
                assertThat(entrant.best()).isEqualTo(1);
                assertThat(entrant.worst()).isEqualTo(4);
                assertThat(entrant.evidence().best()).isEqualTo(1);
                assertThat(entrant.evidence().worst()).isEqualTo(4);
            }
        }
    }

    /** A battle, and a chain of battles that all went one way: no two items can be compared, and nothing is claimed. */
    @Test
    void itemsOfWhichNoTwoCanBeComparedHaveNoIntervals() {
        for (int items : new int[] {2, 15}) {
            List<Battle> chain = IntStream.range(1, items)
                    .mapToObj(i -> Battle.of(Simulated.name(i), Simulated.name(i - 1), Outcome.LEFT))
                    .toList();
            Board board = BradleyTerry.PLAIN.rank(Tally.of(chain), Inference.DEFAULT);
            assertThat(board.standings()).hasSize(items).noneMatch(Standing::hasInterval);
            assertThat(board.standings()).noneMatch(s -> Double.isFinite(s.rating()));
            assertThat(board.standings().stream().map(Standing::rank)).isSorted();
            Board prior = BradleyTerry.PLAIN.withRidge(0.1).rank(Tally.of(chain), Inference.DEFAULT);
            Standing first = of(prior, Simulated.name(items - 1));
            Standing last = of(prior, Simulated.name(0));
            assertThat(first.rating()).isCloseTo(-last.rating(), within(1e-9));
            assertThat(first.high()).isCloseTo(-last.low(), within(1e-6));
            assertThat(prior.standings())
                    .allSatisfy(
                            s -> assertThat(s.evidence().worst() - s.evidence().best())
                                    .isEqualTo(items - 1));
        }
    }

    /** Strengths that many battles determine, and one item more with the given results against the first of them. */
    private static List<Battle> established(double[] strengths, int battles, Outcome... newcomer) {
        List<Battle> votes = new ArrayList<>(Simulated.battles(strengths, battles, new SplittableRandom(9)));
        for (int k = 0; k < newcomer.length; k++) {
            votes.add(Battle.of("new", Simulated.name(k), newcomer[k]));
        }
        return votes;
    }

    private static double[] normal(int count, double deviation) {
        SplittableRandom random = new SplittableRandom(2);
        return IntStream.range(0, count)
                .mapToDouble(i -> deviation * random.nextGaussian())
                .toArray();
    }

    /** Against opponents that are known exactly, a win and a loss reject strengths by a formula of one unknown. */
    @Test
    void aThinItemsIntervalIsThatOfItsOwnFewBattles() {
        double[] strengths = normal(60, 1);
        Board board = BradleyTerry.PLAIN.rank(
                Tally.of(established(strengths, 200_000, Outcome.LEFT, Outcome.RIGHT)), Inference.DEFAULT.withDraws(0));
        Standing entrant = of(board, "new");
        double a = of(board, Simulated.name(0)).rating();
        double b = of(board, Simulated.name(1)).rating();
        double middle = (a + b) / 2;
        assertThat(entrant.rating()).isCloseTo(middle, within(1e-4));
        for (double end : new double[] {entrant.low(), entrant.high()}) {
            double lost = logSigmoid(middle - a) + logSigmoid(b - middle) - logSigmoid(end - a) - logSigmoid(b - end);
            assertThat(lost).isCloseTo(1.9207, within(0.01));
        }
        assertThat(board.remarks()).anyMatch(remark -> remark.startsWith("L: too few results"));
    }

    /** The same interval from the profile of the whole likelihood, which small boards use, as from the item's own battles. */
    @Test
    void theConditionalProfileIsTheJointOne() {
        List<Battle> votes = established(normal(30, 1), 6000, Outcome.LEFT, Outcome.RIGHT, Outcome.LEFT);
        Board joint = BradleyTerry.PLAIN.rank(Tally.of(votes), Inference.DEFAULT.withDraws(0));
        Cells cells = Cells.of(Tally.of(votes), false, Double.POSITIVE_INFINITY);
        PairFit fit = BradleyTerry.PLAIN.model("test").fit(cells);
        double[] variances = new double[31];
        double[][] covariance = PairIntervals.covariance(fit, true);
        IntStream.range(0, 31).forEach(i -> variances[i] = covariance[i][i]);
        int item = cells.items().indexOf("new");
        ItemLikelihood alone = new ThinItems(
                        fit,
                        cells,
                        fit.strengths(),
                        variances,
                        0.95,
                        () -> {
                            throw new AssertionError("the joint profile is not asked for before it is needed");
                        },
                        0)
                .of(item, 0);
        double[] ends = ItemIntervals.likelihoodRatio(alone::value, fit.strengths()[item], 1, 0.95);
        Standing entrant = of(joint, "new");
        double width = entrant.high() - entrant.low();
        assertThat(ends[0]).isCloseTo(entrant.low(), within(0.02 * width));
        assertThat(ends[1]).isCloseTo(entrant.high(), within(0.02 * width));
    }

    /** Two wins against strengths that are known: the posterior under the law of sixty others by an independent sum over a fine grid. */
    @Test
    void anUnbeatenItemGetsAPosteriorInterval() {
        double[] strengths = normal(60, 1);
        Board board = BradleyTerry.PLAIN.rank(
                Tally.of(established(strengths, 200_000, Outcome.LEFT, Outcome.LEFT)), Inference.DEFAULT.withDraws(0));
        Standing entrant = of(board, "new");
        assertThat(entrant.rating()).isNaN();
        assertThat(entrant.rank()).isZero();
        assertThat(board.standings().getLast().item()).isEqualTo("new");
        assertThat(entrant.evidence().interval()).isEqualTo(IntervalKind.POSTERIOR);
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < 60; i++) {
            mean += of(board, Simulated.name(i)).rating() / 60;
        }
        for (int i = 0; i < 60; i++) {
            squares += Math.pow(of(board, Simulated.name(i)).rating() - mean, 2) / 59;
        }
        double a = of(board, Simulated.name(0)).rating();
        double b = of(board, Simulated.name(1)).rating();
        double below = 0;
        double within = 0;
        double all = 0;
        for (double x = -12; x < 12; x += 0.001) {
            double student = Math.pow(1 + (x - mean) * (x - mean) / (squares * 61 / 60) / 59, -30);
            double density = student * Math.exp(logSigmoid(x - a) + logSigmoid(x - b));
            all += density;
            below += x < entrant.low() ? density : 0;
            within += x >= entrant.low() && x <= entrant.high() ? density : 0;
        }
        assertThat(below / all).isCloseTo(0.025, within(0.002));
        assertThat(within / all).isCloseTo(0.95, within(0.003));
        assertThat(board.remarks()).anyMatch(remark -> remark.startsWith("P: 1 item won or lost every battle"));
    }

    /** Without a law of strengths, one win only says how weak an item can hardly be. */
    @Test
    void anUnbeatenItemOfASmallBoardHasOneEnd() {
        List<Battle> votes =
                new ArrayList<>(Simulated.battles(new double[] {0.3, 0, -0.3}, 4000, new SplittableRandom(3)));
        votes.add(Battle.of("new", Simulated.name(0), Outcome.LEFT));
        votes.add(Battle.of("old", Simulated.name(0), Outcome.RIGHT));
        Board board = BradleyTerry.PLAIN.rank(Tally.of(votes), Inference.DEFAULT);
        Standing opponent = of(board, Simulated.name(0));
        // log σ(x) = −1.9207 at the end.
        double lead = -Math.log(Math.exp(1.9207) - 1);
        assertThat(of(board, "new").low()).isCloseTo(opponent.rating() + lead, within(0.02));
        assertThat(of(board, "new").high()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(of(board, "old").high()).isCloseTo(opponent.rating() - lead, within(0.02));
        assertThat(of(board, "old").low()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** Upsets among foregone conclusions: one result carries nearly all of the scatter, so that thirty battles are few. */
    @Test
    void oneUpsetAmongForegoneConclusionsIsThin() {
        double[] strengths = normal(20, 0.3);
        List<Battle> votes = new ArrayList<>(Simulated.battles(strengths, 20_000, new SplittableRandom(4)));
        for (int k = 0; k < 40; k++) {
            votes.add(Battle.of("champion", Simulated.name(k % 20), k == 0 ? Outcome.RIGHT : Outcome.LEFT));
        }
        Board board = BradleyTerry.PLAIN.rank(Tally.of(votes), Inference.DEFAULT);
        assertThat(of(board, "champion").evidence().interval()).isEqualTo(IntervalKind.LIKELIHOOD_RATIO);
        Standing s = of(board, "champion");
        assertThat(s.high() - s.rating()).as("it may be much better").isGreaterThan(1.5 * (s.rating() - s.low()));
    }

    /** Precision weights are on no scale of their own: all of them times a hundred change nothing. */
    @Test
    void theScaleOfWeightsDoesNotMatter() {
        List<Battle> votes = established(normal(45, 1), 20_000, Outcome.LEFT, Outcome.RIGHT, Outcome.LEFT);
        Standing one = of(BradleyTerry.PLAIN.rank(Battles.of(votes), Inference.DEFAULT.withDraws(0)), "new");
        Standing many = of(
                BradleyTerry.PLAIN.rank(
                        Battles.of(votes.stream().map(b -> b.withWeight(100)).toList()),
                        Inference.DEFAULT.withDraws(0)),
                "new");
        assertThat(many.low()).isCloseTo(one.low(), within(0.02));
        assertThat(many.high()).isCloseTo(one.high(), within(0.02));
    }

    /** The moments of a normal law, from estimates of which each has an error of its own. */
    @Test
    void theSpreadOfStrengthsIsWithoutTheErrors() {
        SplittableRandom random = new SplittableRandom(6);
        int n = 4000;
        double[] variances = new double[n];
        double[] ratings = new double[n];
        for (int i = 0; i < n; i++) {
            variances[i] = 0.05 + random.nextDouble();
            ratings[i] = 0.3 + 1.2 * random.nextGaussian() + Math.sqrt(variances[i]) * random.nextGaussian();
        }
        Spread spread = Spread.of(ratings, variances).orElseThrow();
        assertThat(spread.mean()).isCloseTo(0.3, within(0.1));
        assertThat(spread.deviation()).isCloseTo(1.2, within(0.06));
        assertThat(Spread.of(new double[] {1, -1, 0, 2}, new double[] {1, 1, 1, 1}))
                .as("four ratings are too few")
                .isEqualTo(Optional.empty());
        assertThat(Spread.of(new double[] {0.1, -0.1, 0, 0.2, 0}, new double[] {1, 1, 1, 1, 1}))
                .as("they scatter less than their errors")
                .isEmpty();
    }

    private static double logSigmoid(double x) {
        return -Math.log1p(Math.exp(-x));
    }
}
