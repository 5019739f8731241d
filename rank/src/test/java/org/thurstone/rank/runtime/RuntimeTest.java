package org.thurstone.rank.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.runtime.RuntimeScore.Run;

/** Row 149: utilities, the captimes behind them, and bounds from samples. */
class RuntimeTest {

    private static final List<Utility> ALL = List.of(
            new Utility.Step(60),
            new Utility.Uniform(60),
            new Utility.Exponential(60),
            new Utility.LogLaplace(60, 0.8),
            new Utility.Pareto(10, 0.7));

    @Test
    void utilitiesFallFromOneToNothing() {
        for (Utility u : ALL) {
            assertThat(u.of(0)).isEqualTo(1);
            assertThat(u.of(Double.POSITIVE_INFINITY)).isZero();
            double last = 1;
            for (double t = 0; t < 1000; t += 0.5) {
                assertThat(u.of(t)).isBetween(0.0, last);
                last = u.of(t);
            }
            for (double worth : new double[] {0.9, 0.5, 0.1, 0.01}) {
                assertThat(u.of(u.until(worth) * (1 + 1e-12))).isLessThanOrEqualTo(worth + 1e-9);
            }
        }
    }

    /** A utility is the chance that the cut is still to come, so means over the cut are integrals of it: by adding up, what its components say. */
    @Test
    void captimesHaveTheMomentsTheyAreNamedFor() {
        assertThat(mean(new Utility.Exponential(60), t -> 1)).isCloseTo(60, within(0.01));
        assertThat(mean(new Utility.Uniform(60), t -> 1)).isCloseTo(30, within(0.01));
        // E log(κ/10) = ∫ P(κ > t)/t dt from 10
        assertThat(mean(new Utility.Pareto(10, 0.7), t -> t < 10 ? 0 : 1 / t)).isCloseTo(0.7, within(0.01));
        Utility laplace = new Utility.LogLaplace(60, 0.8);
        double above = mean(laplace, t -> t < 60 ? 0 : 1 / t);
        double below = mean(t -> 1 - laplace.of(t), t -> t < 60 ? 1 / t : 0);
        assertThat(above + below).isCloseTo(0.8, within(0.01));
        assertThat(laplace.of(60)).isCloseTo(0.5, within(1e-12));
    }

    private static double mean(Utility utility, DoubleUnaryOperator slope) {
        return mean((DoubleUnaryOperator) utility::of, slope);
    }

    /** ∫ chance(t)·slope(t) dt over a grid even in the logarithm. */
    private static double mean(DoubleUnaryOperator chance, DoubleUnaryOperator slope) {
        double sum = 0;
        for (double x = -15; x < 25; x += 1e-4) {
            double t = Math.exp(x + 5e-5);
            sum += chance.applyAsDouble(t) * slope.applyAsDouble(t) * t * 1e-4;
        }
        return sum;
    }

    /** Against other distributions with the same mean or support, by entropy on a grid. */
    @Test
    void theyAreOfGreatestEntropy() {
        double exponential = 1 + Math.log(60);
        double gamma = entropy(t -> t / 900 * Math.exp(-t / 30)); // shape 2, mean 60
        assertThat(exponential).isGreaterThan(gamma);
        assertThat(Math.log(60)).isGreaterThan(entropy(t -> t < 60 ? t / 1800 : 0));
    }

    private static double entropy(DoubleUnaryOperator density) {
        double sum = 0;
        for (double t = 0.005; t < 2000; t += 0.01) {
            double f = density.applyAsDouble(t);
            if (f > 0) sum -= f * Math.log(f) * 0.01;
        }
        return sum;
    }

    /** Which of two algorithms is the better depends on the wait: a steady one, or one that is fast and now and then takes for ever. */
    @Test
    void rareDisastersDoNotDecide() {
        List<Run> risky = new ArrayList<>();
        List<Run> steady = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            risky.add(n % 100 == 0 ? new Run(1e9, true) : new Run(1, true));
            steady.add(new Run(20, true));
        }
        Utility patience = new Utility.Exponential(30);
        double ofRisky = RuntimeScore.of(risky, patience, 0.95).estimate();
        assertThat(ofRisky).isCloseTo(0.99 * Math.exp(-1 / 30.0), within(1e-12));
        assertThat(ofRisky)
                .isGreaterThan(RuntimeScore.of(steady, patience, 0.95).high());
        assertThat(risky.stream().mapToDouble(Run::time).average().orElse(0)).isGreaterThan(20);
    }

    @Test
    void boundsHoldForRunsThatWereGivenUp() {
        SplittableRandom random = new SplittableRandom(149);
        Utility utility = new Utility.Exponential(60);
        double truth = 1 / (1 + 40 / 60.0); // E e^{−T/60} of an exponential T with mean 40
        double tolerance = 0.1;
        int runs = RuntimeScore.runsFor(tolerance, 0.95);
        double captime = RuntimeScore.captime(utility, tolerance);
        int held = 0;
        for (int trial = 0; trial < 500; trial++) {
            List<Run> sample = new ArrayList<>();
            for (int n = 0; n < runs; n++) {
                double time = -40 * Math.log(1 - random.nextDouble());
                sample.add(new Run(Math.min(time, captime), time <= captime));
            }
            RuntimeScore score = RuntimeScore.of(sample, utility, 0.95);
            if (score.low() <= truth && truth <= score.high()) held++;
            assertThat(score.high() - score.low()).isLessThanOrEqualTo(2 * tolerance);
        }
        assertThat(held).isGreaterThanOrEqualTo(475);
    }

    @Test
    void impossibleValuesAreRejected() {
        assertThatThrownBy(() -> new Utility.Exponential(0)).hasMessageContaining("mean is 0.0");
        assertThatThrownBy(() -> new Run(Double.NaN, true)).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> RuntimeScore.of(List.of(), ALL.getFirst(), 0.9))
                .hasMessageContaining("no runs");
    }
}
