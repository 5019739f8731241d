package org.thurstone.rank.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;

/** Online ratings against their authors' worked examples, and moments by brute force. */
class OnlineTest {

    private static final Elo ELO = new Elo(32, 1500, 400);
    private static final Glicko2 GLICKO = new Glicko2(30, 0.5, 1500, 350, 0.06);
    private static final TrueSkill SKILL = new TrueSkill(25, 25 / 3.0, 25 / 6.0, 25 / 300.0, 0.1);
    private static final double DAY = 86_400;

    @Test
    void eloByHand() {
        RatingState course = ELO.begin(2);
        course.learn(0, 1, Outcome.LEFT, 1, Double.NaN);
        assertThat(course.rating(0)).isEqualTo(1516);
        course.learn(0, 1, Outcome.TIE, 1, Double.NaN);
        double expected = 1 / (1 + Math.pow(10, -32 / 400.0));
        assertThat(course.rating(0)).isCloseTo(1516 + 32 * (0.5 - expected), within(1e-9));
        assertThat(course.rating(0) + course.rating(1)).isCloseTo(3000, within(1e-9));
    }

    /** Glickman's own example: 1500 (200, 0.06) meets 1400 (30), 1550 (100), 1700 (300): 1464.06 (151.52, 0.05999). */
    @Test
    void glickosExample() {
        double phi = 200 / Glicko2.SCALE;
        double[][] opponents = {{1400, 30, 1}, {1550, 100, 0}, {1700, 300, 0}};
        double information = 0;
        double surprise = 0;
        for (double[] o : opponents) {
            double g = Glicko2.g(o[1] / Glicko2.SCALE);
            double e = Glicko2.expected(0, (o[0] - 1500) / Glicko2.SCALE, o[1] / Glicko2.SCALE);
            information += g * g * e * (1 - e);
            surprise += g * (o[2] - e);
        }
        double v = 1 / information;
        assertThat(v).isCloseTo(1.7785, within(1e-3)); // printed from rounded steps
        assertThat(v * surprise).isCloseTo(-0.4834, within(1e-3));
        double sigma = Glicko2.volatility(phi, 0.06, v, v * surprise, 0.5);
        assertThat(sigma).isCloseTo(0.05999, within(1e-5));
        double wide = phi * phi + sigma * sigma;
        double after = 1 / Math.sqrt(1 / wide + information);
        assertThat(after * Glicko2.SCALE).isCloseTo(151.52, within(0.01));
        assertThat(1500 + Glicko2.SCALE * after * after * surprise).isCloseTo(1464.06, within(0.01));
    }

    /** Two new players, one battle, written out: the course does what the example does. */
    @Test
    void glickosCourseIsTheExamplesArithmetic() {
        RatingState course = GLICKO.begin(3);
        course.learn(0, 1, Outcome.LEFT, 1, 0);
        course.settle(0);
        double phi = 350 / Glicko2.SCALE;
        double g = Glicko2.g(phi);
        double information = g * g / 4;
        double delta = 2 / g;
        double sigma = Glicko2.volatility(phi, 0.06, 1 / information, delta, 0.5);
        double after = 1 / Math.sqrt(1 / (phi * phi + sigma * sigma) + information);
        assertThat(course.deviation(0)).isCloseTo(after * Glicko2.SCALE, within(1e-9));
        assertThat(course.rating(0)).isCloseTo(1500 + Glicko2.SCALE * after * after * g / 2, within(1e-9));
        assertThat(course.rating(1)).isCloseTo(3000 - course.rating(0), within(1e-9));
        assertThat(course.deviation(2)).isEqualTo(350);
    }

    @Test
    void idleTimeWidensGlickosDeviations() {
        RatingState busy = GLICKO.begin(2);
        RatingState idle = GLICKO.begin(2);
        for (int n = 0; n < 20; n++) {
            busy.learn(0, 1, n % 2 == 0 ? Outcome.LEFT : Outcome.RIGHT, 1, 0);
            idle.learn(0, 1, n % 2 == 0 ? Outcome.LEFT : Outcome.RIGHT, 1, 0);
        }
        busy.settle(0);
        idle.settle(0);
        idle.settle(10 * 30 * DAY);
        // One close at the end of the course's own period and nine idle ones, each with the volatility's variance.
        double sigmas = Math.pow(idle.deviation(0) / Glicko2.SCALE, 2) - Math.pow(busy.deviation(0) / Glicko2.SCALE, 2);
        assertThat(sigmas).isBetween(8 * 0.0036 * 0.9, 12 * 0.0036 * 1.1);
        assertThat(idle.rating(0)).isEqualTo(busy.rating(0));
    }

    @Test
    void theOrderWithinAGlickoPeriodDoesNotMatter() {
        List<Battle> battles = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int n = 0; n < 60; n++) {
            battles.add(Battle.of(
                            "a" + random.nextInt(3),
                            "b" + random.nextInt(3),
                            random.nextBoolean() ? Outcome.LEFT : Outcome.RIGHT)
                    .at(n / 20 * 40 * DAY));
        }
        Board before = GLICKO.rank(Battles.of(battles), Inference.DEFAULT);
        Collections.shuffle(battles, new Random(1));
        Board after = GLICKO.rank(Battles.of(battles), Inference.DEFAULT);
        before.standings()
                .forEach(s ->
                        assertThat(after.of(s.item()).orElseThrow().rating()).isCloseTo(s.rating(), within(1e-6)));
    }

    /** Two battles of one moment, written out: both from the ratings before it, and in any order. */
    @Test
    void battlesOfOneTimeHaveNoOrder() {
        List<Battle> battles = List.of(
                Battle.of("a", "b", Outcome.LEFT).at(0),
                Battle.of("a", "c", Outcome.LEFT).at(DAY),
                Battle.of("b", "a", Outcome.LEFT).at(DAY),
                Battle.of("c", "b", Outcome.TIE).at(DAY));
        Board elo = ELO.rank(Battles.of(battles), Inference.DEFAULT);
        double ab = 1 / (1 + Math.pow(10, -32 / 400.0));
        double ac = 1 / (1 + Math.pow(10, -16 / 400.0));
        assertThat(elo.of("a").orElseThrow().rating()).isCloseTo(1516 + 32 * ((1 - ac) - ab), within(1e-9));
        assertThat(elo.of("c").orElseThrow().rating()).isCloseTo(1500 + 32 * (ac - 1) + 32 * (0.5 - ac), within(1e-9));
        assertThat(elo.remarks())
                .containsExactly(
                        "3 battles have the time of another battle of the same item; these have no order and count"
                                + " from the ratings before that time (--order names a column that orders them)");
        List<Battle> other = new ArrayList<>(battles);
        Collections.reverse(other);
        for (OnlineRating method : List.of(ELO, GLICKO, SKILL)) {
            Board before = method.rank(Battles.of(battles), Inference.DEFAULT);
            Board after = method.rank(Battles.of(other), Inference.DEFAULT);
            before.standings()
                    .forEach(s -> assertThat(after.of(s.item()).orElseThrow().rating())
                            .as(method.name())
                            .isCloseTo(s.rating(), within(1e-9)));
        }
        Board apart = ELO.rank(
                Battles.of(battles.stream().map(b -> b.at(battles.indexOf(b))).toList()), Inference.DEFAULT);
        assertThat(apart.remarks()).isEmpty();
        assertThat(apart.of("a").orElseThrow().rating())
                .isNotCloseTo(elo.of("a").orElseThrow().rating(), within(1e-3));
    }

    @Test
    void manyBattlesOfOneTimeDoNotOvershoot() {
        List<Battle> battles = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            battles.add(
                    Battle.of("a", "b", n < 600 ? Outcome.LEFT : Outcome.RIGHT).at(0));
        }
        Board elo = ELO.rank(Battles.of(battles), Inference.DEFAULT);
        // FIDE lets k times the battles be 700 at most, so that a surprise of 0.1 a battle moves 70 points.
        assertThat(elo.of("a").orElseThrow().rating()).isCloseTo(1570, within(1e-9));
        Board skill = SKILL.rank(Battles.of(battles), Inference.DEFAULT);
        assertThat(skill.of("a").orElseThrow().rating()).isBetween(25.0, 50.0);
    }

    /** The values that TrueSkill's calculators print for two new players: 29.396 and 20.604 (7.171); a draw 25 (6.458). */
    @Test
    void trueSkillAsPublished() {
        RatingState won = SKILL.begin(2);
        won.learn(0, 1, Outcome.LEFT, 1, Double.NaN);
        assertThat(won.rating(0)).isCloseTo(29.396, within(5e-4));
        assertThat(won.rating(1)).isCloseTo(20.604, within(5e-4));
        assertThat(won.deviation(0)).isCloseTo(7.171, within(5e-4));
        RatingState drawn = SKILL.begin(2);
        drawn.learn(0, 1, Outcome.TIE, 1, Double.NaN);
        assertThat(drawn.rating(0)).isCloseTo(25, within(1e-12));
        assertThat(drawn.deviation(0)).isCloseTo(6.458, within(5e-4));
    }

    /** The moments of the exact posterior, by adding up a fine grid of both skills. */
    @Test
    void trueSkillsMomentsAreThePosteriors() {
        TrueSkill skill = new TrueSkill(0, 1, 0.5, 0, 0.2);
        for (Outcome outcome : List.of(Outcome.LEFT, Outcome.TIE)) {
            RatingState course = skill.begin(2);
            course.learn(0, 1, Outcome.RIGHT, 1, Double.NaN);
            double[] mean = {course.rating(0), course.rating(1)};
            double[] deviation = {course.deviation(0), course.deviation(1)};
            course.learn(0, 1, outcome, 1, Double.NaN);
            double margin = 0.2533471031357997 * Math.sqrt(2) * 0.5;
            double[] sums = new double[3];
            for (double a = -6; a <= 6; a += 0.02) {
                for (double b = -6; b <= 6; b += 0.02) {
                    double x = (a - mean[0]) / deviation[0];
                    double y = (b - mean[1]) / deviation[1];
                    double ahead = (a - b) / Math.sqrt(0.5);
                    double e = margin / Math.sqrt(0.5);
                    double likelihood = outcome == Outcome.LEFT
                            ? org.thurstone.statistics.Normal.below(ahead - e)
                            : org.thurstone.statistics.Normal.below(e - ahead)
                                    - org.thurstone.statistics.Normal.below(-e - ahead);
                    double w = Math.exp(-(x * x + y * y) / 2) * likelihood;
                    sums[0] += w;
                    sums[1] += w * a;
                    sums[2] += w * a * a;
                }
            }
            double exact = sums[1] / sums[0];
            assertThat(course.rating(0)).isCloseTo(exact, within(1e-4));
            assertThat(course.deviation(0)).isCloseTo(Math.sqrt(sums[2] / sums[0] - exact * exact), within(1e-4));
        }
    }

    @Test
    void allFindWhoIsBetterAndForecastIt() {
        SplittableRandom random = new SplittableRandom(8);
        List<Battle> battles = new ArrayList<>();
        for (int n = 0; n < 3000; n++) {
            int a = random.nextInt(6);
            int b = (a + 1 + random.nextInt(5)) % 6;
            boolean left = random.nextDouble() < 1 / (1 + Math.exp(0.6 * (a - b)));
            battles.add(Battle.of("p" + a, "p" + b, left ? Outcome.LEFT : Outcome.RIGHT)
                    .at(n * DAY / 10));
        }
        for (OnlineRating model : List.of(ELO, GLICKO, SKILL)) {
            Board board = model.rank(Battles.of(battles), Inference.DEFAULT);
            assertThat(board.standings()).first().extracting(s -> s.item()).isEqualTo("p0");
            assertThat(board.standings()).last().extracting(s -> s.item()).isEqualTo("p5");
            var forecast = board.forecast().orElseThrow();
            assertThat(forecast.chances(Battle.of("p0", "p5", Outcome.TIE))
                            .orElseThrow()
                            .expected())
                    .isBetween(0.85, 0.99);
            assertThat(forecast.chances(Battle.of("p0", "stranger", Outcome.TIE)))
                    .isEmpty();
        }
    }

    @Test
    void withoutTimesTheOrderOfTheFileIsUsedAndReported() {
        Battles untimed = Battles.of(List.of(Battle.of("a", "b", Outcome.LEFT), Battle.of("b", "c", Outcome.LEFT)));
        assertThat(ELO.rank(untimed, Inference.DEFAULT).remarks()).hasSize(1);
        assertThatThrownBy(() -> ELO.rank(untimed.tally(), Inference.DEFAULT)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> new Elo(0, 1500, 400)).hasMessageContaining("k is 0.0");
    }

    @Test
    void hopelessCasesStayFinite() {
        RatingState course = SKILL.begin(2);
        for (int n = 0; n < 5000; n++) course.learn(0, 1, Outcome.LEFT, 1, Double.NaN);
        course.learn(0, 1, Outcome.RIGHT, 1, Double.NaN);
        course.learn(0, 1, Outcome.TIE, 1, Double.NaN);
        assertThat(course.rating(0)).isFinite();
        assertThat(course.deviation(0)).isPositive();
        assertThat(TrueSkill.ofWin(-60)[1]).isCloseTo(1, within(1e-3));
        assertThat(TrueSkill.ofWin(-200)[1]).isCloseTo(1, within(1e-3));
    }
}
