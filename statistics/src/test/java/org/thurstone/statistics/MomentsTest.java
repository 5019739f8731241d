package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MomentsTest {

    /** 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared differences 32. */
    @Test
    void meanAndScatterAreTheTextbooks() {
        Moments moments = Moments.of(2, 4, 4, 4, 5, 5, 7, 9);
        assertThat(moments).isEqualTo(new Moments(8, 5, 32));
        assertThat(moments.variance()).isEqualTo(32.0 / 7);
        assertThat(moments.deviation()).isCloseTo(2.138089935299395, within(1e-15));
        assertThat(moments.standardError()).isCloseTo(2.138089935299395 / Math.sqrt(8), within(1e-15));
    }

    /** A million times 0.1 on a large offset: the variance of two values that alternate is a quarter of their squared difference. */
    @Test
    void aLargeOffsetCostsNoDigits() {
        double[] values = new double[1_000_000];
        Arrays.setAll(values, i -> 1e9 + i % 2);
        Moments moments = Moments.of(values);
        assertThat(moments.mean()).isEqualTo(1e9 + 0.5);
        assertThat(moments.squares()).isEqualTo(250_000);
    }

    @Test
    void varianceNeedsTwoValuesAndMeanOne() {
        assertThat(Moments.of(3).mean()).isEqualTo(3);
        assertThat(Moments.of(3).variance()).isNaN();
        assertThat(Moments.of(3).standardError()).isNaN();
        assertThat(Moments.of().mean()).isNaN();
    }
}
