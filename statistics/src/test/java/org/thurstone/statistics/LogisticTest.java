package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticTest {

    @Test
    void oddsOfThreeToOneAreThreeQuarters() {
        double x = Math.log(3);
        assertThat(Logistic.sigmoid(x)).isCloseTo(0.75, within(1e-15));
        assertThat(Logistic.sigmoid(-x)).isCloseTo(0.25, within(1e-15));
        assertThat(Logistic.logit(0.75)).isCloseTo(x, within(1e-15));
        assertThat(Logistic.softplus(x)).isCloseTo(Math.log(4), within(1e-15));
        assertThat(Logistic.logSigmoid(x)).isCloseTo(Math.log(0.75), within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, -2, -1e-9, 0, 0.3, 5, 30})
    void bothSidesAddUpToOne(double x) {
        assertThat(Logistic.sigmoid(x) + Logistic.sigmoid(-x)).isCloseTo(1, within(1e-15));
        assertThat(Math.exp(Logistic.logSigmoid(x))).isCloseTo(Logistic.sigmoid(x), within(1e-15));
        assertThat(Logistic.softplus(x) - Logistic.softplus(-x)).isCloseTo(x, within(1e-14));
    }

    @Test
    void farOutNothingOverflows() {
        assertThat(Logistic.softplus(1e6)).isEqualTo(1e6);
        assertThat(Logistic.softplus(-1e6)).isZero();
        assertThat(Logistic.logSigmoid(-1e6)).isEqualTo(-1e6);
        assertThat(Logistic.sigmoid(-1e6)).isZero();
        assertThat(Logistic.sigmoid(1e6)).isEqualTo(1);
        assertThat(Logistic.sigmoid(-700) / Math.exp(-700)).isCloseTo(1, within(1e-12));
    }
}
