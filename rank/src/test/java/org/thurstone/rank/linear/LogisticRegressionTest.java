package org.thurstone.rank.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.linear.LogisticRegression.Prior;

class LogisticRegressionTest {

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** A single constant feature: the logit of the mean, whose variance is that of the mean over (p·(1 − p))². */
    @Test
    void ofAConstantItIsTheLogitOfTheMean() {
        double[] targets = {1, 1, 1, 0, 0.5};
        double[][] features = {{1}, {1}, {1}, {1}, {1}};
        LogisticRegression fit = LogisticRegression.fit(features, targets, ones(5), Prior.ridge(1, 0));
        assertThat(fit.coefficients()[0]).isCloseTo(Math.log(0.7 / 0.3), within(1e-9));
        double scatter = 3 * 0.09 + 0.49 + 0.04;
        assertThat(fit.covariance()[0][0]).isCloseTo(scatter / Math.pow(5 * 0.21, 2), within(1e-9));
    }

    @Test
    void theGradientVanishes() {
        double[][] features = {{1, 0.5}, {1, -1}, {1, 2}, {1, 0.1}};
        double[] targets = {1, 0.2, 0.9, 0};
        double[] weights = {1, 2, 1, 1};
        LogisticRegression fit =
                LogisticRegression.fit(features, targets, weights, new Prior(new double[] {0, 1}, new double[] {0, 2}));
        double[] gradient = {0, 2 * (fit.coefficients()[1] - 1)};
        for (int r = 0; r < 4; r++) {
            double residual = (fit.probability(features[r]) - targets[r]) * weights[r];
            for (int i = 0; i < 2; i++) gradient[i] += residual * features[r][i];
        }
        assertThat(gradient[0]).isCloseTo(0, within(1e-8));
        assertThat(gradient[1]).isCloseTo(0, within(1e-8));
    }

    @Test
    void separatedRowsHaveNoMaximum() {
        double[][] features = {{1}, {-1}};
        double[] targets = {1, 0};
        assertThatThrownBy(() -> LogisticRegression.fit(features, targets, ones(2), Prior.ridge(1, 0)))
                .isInstanceOf(ArithmeticException.class);
        assertThat(LogisticRegression.fit(features, targets, ones(2), Prior.ridge(1, 0.1))
                        .coefficients()[0])
                .isPositive()
                .isFinite();
    }
}
