package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void interpolatedQuantilesLieBetweenTheirNeighbours() {
        double[] sorted = {0, 1, 2, 3, 4};
        assertThat(Quantiles.interpolated(sorted, 0)).isZero();
        assertThat(Quantiles.interpolated(sorted, 0.5)).isEqualTo(2);
        assertThat(Quantiles.interpolated(sorted, 0.625)).isEqualTo(2.5);
        assertThat(Quantiles.interpolated(sorted, 1)).isEqualTo(4);
        assertThat(Quantiles.interpolated(new double[] {7}, 0.3)).isEqualTo(7);
    }

    @Test
    void reachedQuantilesAreValuesThemselves() {
        double[] sorted = {10, 20, 30, 40};
        assertThat(Quantiles.reached(sorted, 0)).isEqualTo(10);
        assertThat(Quantiles.reached(sorted, 0.25)).isEqualTo(10);
        assertThat(Quantiles.reached(sorted, 0.26)).isEqualTo(20);
        assertThat(Quantiles.reached(sorted, 0.95)).isEqualTo(40);
        assertThat(Quantiles.reached(sorted, 1)).isEqualTo(40);
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        double[] values = {9, 1, 4};
        assertThat(Quantiles.median(values)).isEqualTo(4);
        assertThat(values).containsExactly(9, 1, 4);
        assertThat(Quantiles.median(9, 1, 4, 5)).isEqualTo(4.5);
        assertThat(Quantiles.median(2)).isEqualTo(2);
    }
}
