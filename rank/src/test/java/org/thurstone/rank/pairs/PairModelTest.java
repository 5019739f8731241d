package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.certainty.Groups;

class PairModelTest {

    private static final double[] STRENGTHS = {-1.2, -0.5, 0, 0.1, 0.6, 1.0};

    static Stream<RankingModel> models() {
        return Stream.of(
                BradleyTerry.PLAIN,
                BradleyTerry.PLAIN.with(BradleyTerry.Ties.DAVIDSON).withHome(true),
                BradleyTerry.PLAIN.with(BradleyTerry.Ties.RAO_KUPPER).withRidge(0.3),
                BradleyTerry.PLAIN.withGamma(2),
                new ThurstoneMosteller(ThurstoneMosteller.Ties.HALF, true, 0),
                new ThurstoneMosteller(ThurstoneMosteller.Ties.THRESHOLD, false, 0));
    }

    static Stream<BradleyTerry> bradleyTerry() {
        return models().filter(BradleyTerry.class::isInstance).map(BradleyTerry.class::cast);
    }

    /** The likelihood is maximal: no small move of any parameter betters it, whichever way. */
    @ParameterizedTest
    @MethodSource("bradleyTerry")
    void noMoveIsBetter(BradleyTerry model) {
        PairModel inside = model.model("test");
        Cells cells = Cells.of(Tally.of(votes(400, 5)), inside.home(), Double.POSITIVE_INFINITY);
        PairFit fit = inside.fit(cells);
        double[] gradient = fit.likelihood().at(fit.parameters()).gradient();
        for (double slope : gradient) {
            assertThat(slope).isCloseTo(0, within(1e-8));
        }
        double peak = fit.likelihood().value(fit.parameters());
        for (int p = 0; p < fit.parameters().length; p++) {
            for (double move : new double[] {-0.01, 0.01}) {
                double[] moved = fit.parameters().clone();
                moved[p] += move;
                assertThat(fit.likelihood().value(moved)).isLessThan(peak);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theOrderOfBattlesChangesNothingAndNamesMoveWithTheirItems(RankingModel model) {
        List<Battle> votes = new ArrayList<>(votes(400, 5));
        Board board = model.rank(Tally.of(votes), Inference.DEFAULT.withDraws(50));
        Collections.shuffle(votes, new Random(1));
        assertThat(model.rank(Tally.of(votes), Inference.DEFAULT.withDraws(50)).standings())
                .isEqualTo(board.standings());
        List<Battle> renamed = votes.stream()
                .map(b -> Battle.of(mirrored(b.left()), mirrored(b.right()), b.outcome()))
                .toList();
        Board other = model.rank(Tally.of(renamed), Inference.DEFAULT.withDraws(50));
        for (Standing s : board.standings()) {
            Standing t = other.of(mirrored(s.item())).orElseThrow();
            assertThat(t.rating()).isCloseTo(s.rating(), within(1e-8));
            assertThat(t.low()).isCloseTo(s.low(), within(1e-8));
            assertThat(t.rank()).isEqualTo(s.rank());
        }
    }

    private static String mirrored(String name) {
        return "m" + (char) ('z' - (name.charAt(2) - 'a'));
    }

    @Test
    void minorisationAgreesWithNewton() {
        Tally votes = Tally.of(votes(600, 3));
        Board newton = BradleyTerry.PLAIN.rank(votes, Inference.DEFAULT);
        Board mm = BradleyTerry.PLAIN.with(Solver.MM).rank(votes, Inference.DEFAULT);
        for (Standing s : newton.standings()) {
            assertThat(mm.of(s.item()).orElseThrow().rating()).isCloseTo(s.rating(), within(1e-9));
            assertThat(mm.of(s.item()).orElseThrow().high()).isCloseTo(s.high(), within(1e-8));
        }
        assertThatThrownBy(
                        () -> BradleyTerry.PLAIN.with(Solver.MM).withHome(true).rank(votes, Inference.NONE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("newton");
    }

    /** A grid over two differences of three items: no better point. */
    @Test
    void threeItemsByBruteForce() {
        Tally votes = Tally.of(Stream.of(
                        Simulated.times(4, "a", "b", Outcome.LEFT),
                        Simulated.times(2, "b", "a", Outcome.LEFT),
                        Simulated.times(3, "b", "c", Outcome.LEFT),
                        Simulated.times(1, "c", "a", Outcome.LEFT),
                        Simulated.times(2, "c", "b", Outcome.TIE))
                .flatMap(List::stream)
                .toList());
        double[][] wins = votes.wins(0.5);
        double best = Double.NEGATIVE_INFINITY;
        double[] at = new double[2];
        for (double a = 0; a < 4; a += 0.002) {
            for (double b = 0; b < 3; b += 0.002) {
                double value = logLikelihood(wins, new double[] {a, b, 0});
                if (value > best) {
                    best = value;
                    at = new double[] {a, b};
                }
            }
        }
        Board board = BradleyTerry.PLAIN.rank(votes, Inference.NONE);
        double c = board.of("c").orElseThrow().rating();
        assertThat(board.of("a").orElseThrow().rating() - c).isCloseTo(at[0], within(0.002));
        assertThat(board.of("b").orElseThrow().rating() - c).isCloseTo(at[1], within(0.002));
    }

    private static double logLikelihood(double[][] wins, double[] theta) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                sum -= wins[i][j] * Math.log1p(Math.exp(theta[j] - theta[i]));
            }
        }
        return sum;
    }

    @Test
    void separatedVotesAreReportedAndTheRestIsRanked() {
        List<Battle> votes = new ArrayList<>(votes(300, 2));
        Board without = BradleyTerry.PLAIN.rank(Tally.of(votes), Inference.DEFAULT);
        votes.addAll(Simulated.times(3, "champion", "maa", Outcome.LEFT));
        votes.addAll(Simulated.times(4, "mab", "loser", Outcome.LEFT));
        votes.addAll(Simulated.times(2, "x", "y", Outcome.LEFT));
        votes.addAll(Simulated.times(2, "y", "x", Outcome.LEFT));
        Board board = BradleyTerry.PLAIN.rank(Tally.of(votes), Inference.DEFAULT);
        assertThat(board.remarks())
                .anyMatch(r -> r.startsWith("champion never lost"))
                .anyMatch(r -> r.startsWith("loser never won"))
                .anyMatch(r -> r.startsWith("no chain of comparisons leads from x, y to"))
                .anyMatch(r -> r.contains("--set ridge"));
        assertThat(board.of("champion").orElseThrow().rating()).isNaN();
        assertThat(board.of("champion").orElseThrow().rank()).isZero();
        assertThat(board.of("loser").orElseThrow().rank()).isZero();
        for (Standing s : without.standings()) {
            Standing t = board.of(s.item()).orElseThrow();
            assertThat(t.rating()).isCloseTo(s.rating(), within(1e-8));
            assertThat(t.high()).isCloseTo(s.high(), within(1e-8));
            assertThat(t.rank()).isEqualTo(s.rank());
        }
        Board prior = BradleyTerry.PLAIN.withRidge(0.1).rank(Tally.of(votes), Inference.DEFAULT);
        assertThat(prior.remarks()).singleElement().asString().startsWith("L: too few results");
        assertThat(prior.standings()).allSatisfy(s -> assertThat(s.rating()).isFinite());
    }

    /** Effects in units of their covariates' deviation, with intervals of every kind; the units of a covariate do not matter there. */
    @Test
    void effectsAreAlsoGivenPerStandardDeviation() {
        for (Inference inference : List.of(
                Inference.DEFAULT,
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(60))) {
            double standard = Double.NaN;
            for (double unit : new double[] {1, 1000}) {
                SplittableRandom votes = new SplittableRandom(8);
                List<Battle> battles = new ArrayList<>();
                double squares = 0;
                for (Battle b : Simulated.battles(STRENGTHS, 400, votes)) {
                    double value = votes.nextDouble() - 0.3;
                    squares += value * value / 400;
                    Outcome outcome = votes.nextDouble() < 1 / (1 + Math.exp(-2 * value)) ? Outcome.LEFT : b.outcome();
                    battles.add(Battle.of(b.left(), b.right(), outcome).with(List.of(unit * value)));
                }
                Board board = BradleyTerry.PLAIN.rank(Battles.of(battles, List.of("length")), inference);
                Quantity raw = quantity(board, "length");
                Quantity scaled = quantity(board, "length, per standard deviation");
                assertThat(scaled.value()).isCloseTo(raw.value() * unit * Math.sqrt(squares), within(1e-9));
                assertThat(scaled.low()).isLessThan(scaled.value());
                assertThat(scaled.high()).isGreaterThan(scaled.value());
                assertThat(Double.isNaN(standard) ? scaled.value() : standard).isCloseTo(scaled.value(), within(1e-6));
                standard = scaled.value();
            }
        }
    }

    private static Quantity quantity(Board board, String name) {
        return board.quantities().stream()
                .filter(q -> q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Home wins alone: the advantage is finite under the ridge, at the root of 4·σ(−h) = ridge·h where strengths cancel. */
    @Test
    void aRidgeAlsoHoldsEffectsThatTheVotesDoNotDetermine() {
        List<Battle> votes = new ArrayList<>(Simulated.times(2, "a", "b", Outcome.LEFT));
        votes.addAll(Simulated.times(2, "b", "a", Outcome.LEFT));
        assertThatThrownBy(() -> BradleyTerry.PLAIN.withHome(true).rank(Tally.of(votes), Inference.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("home advantage");
        Board board = BradleyTerry.PLAIN.withHome(true).withRidge(0.5).rank(Tally.of(votes), Inference.DEFAULT);
        double home = quantity(board, Cells.HOME).value();
        assertThat(4 / (1 + Math.exp(home))).isCloseTo(0.5 * home, within(1e-8));
        assertThat(quantity(board, Cells.HOME).low()).isFinite();
        assertThat(board.of("a").orElseThrow().rating()).isCloseTo(0, within(1e-9));
        assertThat(board.remarks()).anyMatch(remark -> remark.startsWith("The votes do not determine every effect"));
        // The same without a matrix.
        Cells cells = Cells.of(Tally.of(votes), true, Double.POSITIVE_INFINITY);
        PairLikelihood likelihood =
                new PairLikelihood(cells, new Response.Logistic(), new Prior(0.5, 1), new double[2], 0.5);
        double[] sparse = PairNewton.climbSparse(likelihood, Groups.one(2), new double[3]);
        assertThat(sparse[2]).isCloseTo(home, within(1e-9));
    }

    /** Two away wins of ten: many resamples have one or none of them, and their advantage has no finite estimate. */
    @Test
    void resamplesThatDoNotDetermineAnEffectAreHelped() {
        List<Battle> votes = new ArrayList<>(Simulated.times(4, "a", "b", Outcome.LEFT));
        votes.addAll(Simulated.times(1, "a", "b", Outcome.RIGHT));
        votes.addAll(Simulated.times(4, "b", "a", Outcome.LEFT));
        votes.addAll(Simulated.times(1, "b", "a", Outcome.RIGHT));
        Board board = BradleyTerry.PLAIN
                .withHome(true)
                .rank(
                        Tally.of(votes),
                        Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(60));
        assertThat(board.remarks()).anyMatch(remark -> remark.contains("draws did not determine every estimate"));
        assertThat(quantity(board, Cells.HOME).high()).isFinite();
    }

    /** Newcomers whose two battles were foregone conclusions: their likelihood is all but flat, and a full step would leave it for good. */
    @Test
    void flatLikelihoodsOfNewcomersAreClimbed() {
        SplittableRandom random = new SplittableRandom(11);
        double[] strengths = random.doubles(40, -7, 7).sorted().toArray();
        List<Battle> votes = new ArrayList<>(Simulated.battles(strengths, 30_000, random));
        for (int k = 0; k < 20; k++) {
            votes.add(Battle.of("new" + k, Simulated.name(k % 4), Outcome.LEFT));
            votes.add(Battle.of("new" + k, Simulated.name(39 - k % 5), Outcome.RIGHT));
        }
        Board board = BradleyTerry.PLAIN.rank(Tally.of(votes), Inference.NONE);
        for (int k = 0; k < 20; k++) {
            double between = (board.of(Simulated.name(k % 4)).orElseThrow().rating()
                            + board.of(Simulated.name(39 - k % 5)).orElseThrow().rating())
                    / 2;
            assertThat(board.of("new" + k).orElseThrow().rating()).isCloseTo(between, within(0.05));
        }
    }

    @Test
    void onlyTiesGiveEqualRatingsAndAreReported() {
        Tally ties = Tally.of(Simulated.times(3, "a", "b", Outcome.TIE));
        for (BradleyTerry.Ties kind : BradleyTerry.Ties.values()) {
            Board board = BradleyTerry.PLAIN.with(kind).rank(ties, Inference.DEFAULT);
            assertThat(board.standings()).allSatisfy(s -> assertThat(s.rating()).isCloseTo(0, within(1e-12)));
            assertThat(board.standings()).allSatisfy(s -> assertThat(s.rank()).isEqualTo(1));
        }
        assertThat(BradleyTerry.PLAIN
                        .with(BradleyTerry.Ties.DAVIDSON)
                        .rank(ties, Inference.DEFAULT)
                        .remarks())
                .anyMatch(r -> r.contains("Every battle is a tie"));
    }

    @Test
    void separatingCovariateIsRejectedByName() {
        List<Battle> home = new ArrayList<>(Simulated.times(5, "a", "b", Outcome.LEFT));
        home.addAll(Simulated.times(5, "b", "a", Outcome.LEFT));
        assertThatThrownBy(() -> BradleyTerry.PLAIN.withHome(true).rank(Tally.of(home), Inference.NONE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("home advantage");
        List<Battle> style = List.of(
                Battle.of("a", "b", Outcome.LEFT).with(List.of(3.0)),
                Battle.of("a", "b", Outcome.RIGHT).with(List.of(-2.0)),
                Battle.of("b", "a", Outcome.LEFT).with(List.of(4.0)));
        assertThatThrownBy(() -> BradleyTerry.PLAIN.rank(Battles.of(style, List.of("length")), Inference.NONE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"length\"");
        assertThatThrownBy(
                        () -> new BradleyTerry(BradleyTerry.Ties.HALF, false, 0, 1, OptionalDouble.of(3), Solver.NEWTON)
                                .rank(Tally.of(home), Inference.NONE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--when");
    }

    @Test
    void aCovariateThatIsAlwaysNothingIsNamed() {
        List<Battle> neutral = List.of(
                Battle.of("a", "b", Outcome.LEFT).with(List.of(0.0)),
                Battle.of("b", "a", Outcome.LEFT).with(List.of(0.0)));
        assertThatThrownBy(() -> BradleyTerry.PLAIN.rank(Battles.of(neutral, List.of("x")), Inference.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"x\" is 0 in every battle");
    }

    /** Battles with some ties. */
    private static List<Battle> votes(int count, long seed) {
        List<Battle> battles = Simulated.battles(STRENGTHS, count, new SplittableRandom(seed));
        return IntStream.range(0, count)
                .mapToObj(k -> k % 5 == 0
                        ? Battle.of(battles.get(k).left(), battles.get(k).right(), Outcome.TIE)
                        : battles.get(k))
                .toList();
    }
}
