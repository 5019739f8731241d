package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.statistics.Normal;

/** Two items have answers that can be written down. */
class ClosedFormTest {

    private static final Offset<Double> TINY = within(1e-9);

    @Test
    void twoItemsAreTheLogitOfTheirWins() {
        Board board = BradleyTerry.PLAIN.rank(votes(30, 10, 0), Inference.DEFAULT.with(Inference.Intervals.FISHER));
        assertThat(gap(board)).isCloseTo(Math.log(3), TINY);
        // Var(θ_a − θ_b) is 1/(n·p·q); about the mean each has a quarter of it.
        double error = Math.sqrt(1 / (40 * 0.75 * 0.25)) / 2;
        Standing a = board.of("a").orElseThrow();
        assertThat(a.high() - a.rating()).isCloseTo(1.959963984540054 * error, TINY);
        assertThat(a.rating() - a.low()).isCloseTo(1.959963984540054 * error, TINY);
        // Of one proportion the scatter of scores is the information.
        Standing robust = BradleyTerry.PLAIN
                .rank(votes(30, 10, 0), Inference.DEFAULT)
                .of("a")
                .orElseThrow();
        assertThat(robust.high()).isCloseTo(a.high(), TINY);
        assertThat(a.best()).isEqualTo(1);
        assertThat(a.worst()).isEqualTo(1);
    }

    @Test
    void halfTiesAreHalfWinsAndTheirSandwichIsNarrower() {
        Board board = BradleyTerry.PLAIN.rank(votes(20, 10, 10), Inference.DEFAULT);
        double p = 25 / 40.0;
        assertThat(gap(board)).isCloseTo(Math.log(p / (1 - p)), TINY);
        // The scores are q, −p and 1/2 − p.
        double scatter = 20 * (1 - p) * (1 - p) + 10 * p * p + 10 * (0.5 - p) * (0.5 - p);
        double error = Math.sqrt(scatter) / (40 * p * (1 - p)) / 2;
        Standing a = board.of("a").orElseThrow();
        assertThat(a.high() - a.rating()).isCloseTo(1.959963984540054 * error, TINY);
    }

    @Test
    void weightsCountAsOftenAndScatterAsTheirSquares() {
        Tally heavy =
                Tally.of(List.of(Battle.of("a", "b", Outcome.LEFT).withWeight(3), Battle.of("b", "a", Outcome.LEFT)));
        Board board = BradleyTerry.PLAIN.rank(heavy, Inference.DEFAULT.with(Inference.Intervals.SANDWICH));
        assertThat(gap(board)).isCloseTo(Math.log(3), TINY);
        double scatter = 9 * 0.25 * 0.25 + 0.75 * 0.75;
        Standing a = board.of("a").orElseThrow();
        assertThat(a.high() - a.rating())
                .isCloseTo(1.959963984540054 * Math.sqrt(scatter) / (4 * 0.75 * 0.25) / 2, TINY);
    }

    @Test
    void davidsonHasItsClosedForm() {
        Board board = BradleyTerry.PLAIN.with(BradleyTerry.Ties.DAVIDSON).rank(votes(40, 10, 30), Inference.DEFAULT);
        assertThat(gap(board)).isCloseTo(Math.log(4), TINY);
        // ν = t/√(w·l) = 1.5; equals tie with ν/(2 + ν).
        assertThat(quantity(board, "tie probability at equal strength").value()).isCloseTo(1.5 / 3.5, TINY);
    }

    @Test
    void raoAndKupperReproduceTheShares() {
        Board board = BradleyTerry.PLAIN.with(BradleyTerry.Ties.RAO_KUPPER).rank(votes(40, 10, 30), Inference.DEFAULT);
        // σ(δ − c) = 40/80 and σ(−δ − c) = 10/80.
        double c = (Math.log(7) + 0) / 2;
        assertThat(gap(board)).isCloseTo((Math.log(7)) / 2, TINY);
        double tie = 1 - 2 / (1 + Math.exp(c));
        assertThat(quantity(board, "tie probability at equal strength").value()).isCloseTo(tie, TINY);
    }

    @Test
    void thurstoneIsTheProbitOfTheWins() {
        Board half = new ThurstoneMosteller(ThurstoneMosteller.Ties.HALF, false, 0)
                .rank(votes(30, 10, 0), Inference.DEFAULT.with(Inference.Intervals.FISHER));
        double delta = Normal.quantile(0.75);
        assertThat(gap(half)).isCloseTo(delta, TINY);
        // Var(δ) is p·q/(n·φ²).
        double error = Math.sqrt(0.75 * 0.25 / 40) / Normal.density(delta) / 2;
        Standing a = half.of("a").orElseThrow();
        assertThat(a.high() - a.rating()).isCloseTo(1.959963984540054 * error, TINY);
        Board threshold = new ThurstoneMosteller(ThurstoneMosteller.Ties.THRESHOLD, false, 0)
                .rank(votes(40, 10, 30), Inference.DEFAULT);
        // Φ(δ − c) = 1/2 and Φ(−δ − c) = 1/8: δ = c = −Φ⁻¹(1/8)/2.
        assertThat(gap(threshold)).isCloseTo(-Normal.quantile(0.125) / 2, TINY);
    }

    @Test
    void homeAdvantageIsTheMeanOfTwoLogits() {
        List<Battle> battles = new ArrayList<>();
        battles.addAll(Simulated.times(30, "a", "b", Outcome.LEFT));
        battles.addAll(Simulated.times(10, "a", "b", Outcome.RIGHT));
        battles.addAll(Simulated.times(12, "b", "a", Outcome.LEFT));
        battles.addAll(Simulated.times(8, "b", "a", Outcome.RIGHT));
        Board board = BradleyTerry.PLAIN.withHome(true).rank(Tally.of(battles), Inference.DEFAULT);
        assertThat(gap(board)).isCloseTo((Math.log(3) - Math.log(1.5)) / 2, TINY);
        Quantity home = quantity(board, "home advantage");
        assertThat(home.value()).isCloseTo((Math.log(3) + Math.log(1.5)) / 2, TINY);
        assertThat(home.low()).isLessThan(home.value());
    }

    @Test
    void aCovariateIsALogisticRegression() {
        // Four cells of (x, wins): the saturated model has δ + β·x for x = 0 and 1.
        List<Battle> battles = new ArrayList<>();
        battles.addAll(covered(20, 0, Outcome.LEFT));
        battles.addAll(covered(10, 0, Outcome.RIGHT));
        battles.addAll(covered(30, 1, Outcome.LEFT));
        battles.addAll(covered(5, 1, Outcome.RIGHT));
        Board board = BradleyTerry.PLAIN.rank(Battles.of(battles, List.of("length")), Inference.DEFAULT);
        assertThat(gap(board)).isCloseTo(Math.log(2), TINY);
        assertThat(quantity(board, "length").value()).isCloseTo(Math.log(6) - Math.log(2), TINY);
        assertThat(board.forecast()
                        .orElseThrow()
                        .chances(Battle.of("a", "b", Outcome.TIE).with(List.of(1.0)))
                        .orElseThrow()
                        .left())
                .isCloseTo(6 / 7.0, TINY);
    }

    @Test
    void aLikelihoodRatioIntervalEndsWhereTheTestDoes() {
        Board board =
                BradleyTerry.PLAIN.rank(votes(9, 2, 0), Inference.DEFAULT.with(Inference.Intervals.LIKELIHOOD_RATIO));
        Standing a = board.of("a").orElseThrow();
        double peak = logLikelihood(Math.log(4.5));
        for (double end : new double[] {a.low(), a.high()}) {
            assertThat(2 * (peak - logLikelihood(2 * end))).isCloseTo(3.841458820694124, within(1e-6));
        }
        assertThat(a.low()).isLessThan(a.rating());
        assertThat(a.high() - a.rating()).isGreaterThan(a.rating() - a.low());
    }

    private static double logLikelihood(double delta) {
        return -9 * Math.log1p(Math.exp(-delta)) - 2 * Math.log1p(Math.exp(delta));
    }

    @Test
    void decayHalvesABattleAHalfLifeOld() {
        double day = 86_400;
        List<Battle> battles = List.of(
                Battle.of("a", "b", Outcome.LEFT).at(10 * day),
                Battle.of("a", "b", Outcome.LEFT).at(10 * day),
                Battle.of("b", "a", Outcome.LEFT).at(0));
        Board board = new BradleyTerry(
                        BradleyTerry.Ties.HALF, false, 0, 1, java.util.OptionalDouble.of(10), Solver.NEWTON)
                .rank(Battles.of(battles), Inference.DEFAULT);
        assertThat(gap(board)).isCloseTo(Math.log(4), TINY);
        assertThat(board.remarks())
                .contains(
                        "The half-life is 10 days and the times span 10.0 days: by their age, the battles weigh 83.3 % of"
                                + " what they would without decay");
    }

    @Test
    void aRidgeIsWhereTheTwoForcesMeet() {
        Board board = BradleyTerry.PLAIN.withRidge(2).rank(votes(5, 0, 0), Inference.NONE);
        double theta = board.of("a").orElseThrow().rating();
        // 5·σ(−2θ) = 2·θ
        assertThat(5 / (1 + Math.exp(2 * theta))).isCloseTo(2 * theta, TINY);
    }

    @Test
    void aGammaPriorIsTheSameByBothSolvers() {
        BradleyTerry gamma = BradleyTerry.PLAIN.withGamma(1.5);
        Board newton = gamma.rank(votes(5, 0, 1), Inference.NONE);
        Board mm = gamma.with(Solver.MM).rank(votes(5, 0, 1), Inference.NONE);
        assertThat(gap(newton)).isCloseTo(gap(mm), TINY).isBetween(0.5, 10.0);
    }

    private static double gap(Board board) {
        return board.of("a").orElseThrow().rating()
                - board.of("b").orElseThrow().rating();
    }

    private static Quantity quantity(Board board, String name) {
        return board.quantities().stream()
                .filter(q -> q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Battle> covered(int count, double x, Outcome outcome) {
        return java.util.Collections.nCopies(count, Battle.of("a", "b", outcome).with(List.of(x)));
    }

    private static Tally votes(int wins, int losses, int ties) {
        List<Battle> battles = new ArrayList<>(Simulated.times(wins, "a", "b", Outcome.LEFT));
        battles.addAll(Simulated.times(losses, "a", "b", Outcome.RIGHT));
        battles.addAll(Simulated.times(ties, "b", "a", Outcome.TIE));
        return Tally.of(battles);
    }
}
