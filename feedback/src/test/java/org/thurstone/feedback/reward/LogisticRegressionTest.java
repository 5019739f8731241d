package org.thurstone.feedback.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.feedback.Scored;

class LogisticRegressionTest {

    @Test
    void twoPointsWorkedByHand() {
        // x = ±1 with labels ±1: b = 0, and w solves σ(−w) = l2·w. With l2 = σ(−1) = 0.2689414213699951 that is w = 1.
        LogisticRegression model =
                LogisticRegression.fit(new float[][] {{1}, {-1}}, new boolean[] {true, false}, 0.2689414213699951);
        assertThat(model.weights().getFirst()).isEqualTo(1, within(1e-7));
        assertThat(model.intercept()).isEqualTo(0, within(1e-7));
        assertThat(model.probability(new float[] {1})).isEqualTo(0.7310585786300049, within(1e-7));
    }

    @Test
    void withoutInformationTheInterceptIsTheLogOdds() {
        LogisticRegression model = LogisticRegression.fit(
                new float[][] {{0}, {0}, {0}, {0}}, new boolean[] {true, true, true, false}, 0.1);
        assertThat(model.weights().getFirst()).isEqualTo(0, within(1e-12));
        assertThat(model.intercept()).isEqualTo(Math.log(3), within(1e-7));
    }

    @Test
    void noStepInAnyDirectionImprovesTheMinimumAndTheGradientIsTheDifferenceQuotient() {
        RandomGenerator random = Scored.random(5);
        float[][] features = new float[80][6];
        boolean[] labels = new boolean[80];
        for (int row = 0; row < 80; row++) {
            for (int i = 0; i < 6; i++) {
                features[row][i] = (float) random.nextGaussian() * (i + 1);
            }
            labels[row] = features[row][0] + random.nextGaussian() > 0.5;
        }
        LogisticFit fit = new LogisticFit(features, labels, 1e-3);
        double[] anywhere = random.doubles(7, -1, 1).toArray();
        double[] gradient = fit.gradient(anywhere);
        for (int i = 0; i < 7; i++) {
            assertThat(slope(fit, anywhere, i)).isEqualTo(gradient[i], within(1e-7));
        }
        LogisticRegression model = fit.minimum();
        double[] minimum = new double[7];
        for (int i = 0; i < 6; i++) {
            minimum[i] = model.weights().get(i);
        }
        minimum[6] = model.intercept();
        for (int i = 0; i < 7; i++) {
            assertThat(slope(fit, minimum, i)).isEqualTo(0, within(1e-7));
            assertThat(Math.abs(fit.gradient(minimum)[i])).isLessThan(1e-8);
            for (double step : new double[] {-0.01, 0.01}) {
                double[] aside = minimum.clone();
                aside[i] += step;
                assertThat(fit.objective(aside)).isGreaterThan(fit.objective(minimum));
            }
        }
    }

    private static double slope(LogisticFit fit, double[] at, int i) {
        double[] up = at.clone();
        double[] down = at.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        return (fit.objective(up) - fit.objective(down)) / 2e-5;
    }

    @Test
    void separableAndHugeFeaturesStillConverge() {
        LogisticRegression separable = LogisticRegression.fit(
                new float[][] {{1, 1}, {2, 1}, {-1, -1}, {-5, 0}}, new boolean[] {true, true, false, false}, 1e-8);
        assertThat(separable.probability(new float[] {1, 1})).isGreaterThan(0.999);
        LogisticRegression huge = LogisticRegression.fit(
                new float[][] {{1e4f}, {-1e4f}, {2e4f}}, new boolean[] {true, false, false}, 1e-3);
        assertThat(huge.weights().getFirst()).isFinite();
    }

    @Test
    void copiesOfEveryRowChangeNothing() {
        float[][] once = {{1, 0}, {0, 1}, {1, 1}};
        float[][] twice = {{1, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 1}, {1, 1}};
        LogisticRegression a = LogisticRegression.fit(once, new boolean[] {true, false, true}, 0.01);
        LogisticRegression b =
                LogisticRegression.fit(twice, new boolean[] {true, false, true, true, false, true}, 0.01);
        for (int i = 0; i < 2; i++) {
            assertThat(a.weights().get(i)).isEqualTo(b.weights().get(i), within(1e-6));
        }
    }

    @Test
    void singleClassAndNonFiniteNumbersAreRejected() {
        assertThatThrownBy(() -> LogisticRegression.fit(new float[][] {{1}}, new boolean[] {true}, 1))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "a logistic regression needs examples of both kinds; got 1 of the first and 0 of the second");
        assertThatThrownBy(() -> LogisticRegression.fit(new float[0][], new boolean[0], 1))
                .isInstanceOf(UserError.class);
        float[][] broken = {{1}, {Float.NaN}};
        assertThatThrownBy(() -> LogisticRegression.fit(broken, new boolean[] {true, false}, 1))
                .hasMessage("row 2 has a feature that is NaN");
        assertThatThrownBy(() -> LogisticRegression.fit(broken, new boolean[] {true, false}, 0))
                .hasMessageContaining("l2 0.0");
    }
}
