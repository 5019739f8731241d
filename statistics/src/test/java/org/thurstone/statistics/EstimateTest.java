package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EstimateTest {

    /** Newcombe 1998, table I: 81 of 263 has Wilson's interval 0.2553 to 0.3662; 0 of 20 has 0 to 0.1611. */
    @Test
    void sharesHaveWilsonsInterval() {
        Estimate some = Estimate.ofShare(81, 263);
        assertThat(some.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(some.high()).isCloseTo(0.3662, within(5e-5));
        Estimate none = Estimate.ofShare(0, 20);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611, within(5e-5));
    }

    /** Exactly, by adding up the chances of all counts; the mean over shares from 5 to 95 %. */
    @Test
    void wilsonsIntervalCoversNineteenTimesOfTwenty() {
        int n = 60;
        double covered = 0;
        for (int percent = 5; percent <= 95; percent++) {
            double p = percent / 100.0;
            double chance = Math.pow(1 - p, n);
            for (int k = 0; k <= n; k++) {
                Estimate share = Estimate.ofShare(k, n);
                covered += share.low() <= p && p <= share.high() ? chance / 91 : 0;
                chance *= (n - k) / (k + 1.0) * p / (1 - p);
            }
        }
        assertThat(covered).isBetween(0.94, 0.96);
    }

    @Test
    void intervalsOfMeansFollowTheirStandardErrors() {
        Estimate e = Estimate.ofMean(new double[] {1, 2, 3, 4});
        double standardError = Math.sqrt(5.0 / 3 / 4);
        assertThat(e.mean()).isEqualTo(2.5);
        assertThat(e.high() - e.mean()).isCloseTo(1.96 * standardError, within(1e-4));
    }

    @Test
    void halvesCountAsHalves() {
        assertThat(Estimate.ofShare(2.5, 10).mean()).isEqualTo(0.25);
        assertThat(Estimate.ofShare(2.5, 10).low())
                .isBetween(
                        Estimate.ofShare(2, 10).low(), Estimate.ofShare(3, 10).low());
    }

    @Test
    void zerosAndOnesOfDifferencesHaveNoWilsonInterval() {
        Estimate e = Estimate.ofDifferences(new double[] {0, 1, 1, 1});
        assertThat(e.high())
                .isCloseTo(0.75 + 1.959963984540054 * 0.25, within(1e-12))
                .isGreaterThan(1);
        assertThat(e.within(-1, 1).high()).isEqualTo(1);
        assertThat(e.within(-1, 1).low()).isEqualTo(e.low());
    }

    @Test
    void emptySampleHasNoEstimate() {
        assertThat(Estimate.ofMean(new double[0]).mean()).isNaN();
        assertThat(Estimate.ofMean(new double[] {0.5}).low()).isNaN();
    }
}
