package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CorrelationTest {

    private static final double[] UP = {1, 2, 3, 4};

    @Test
    void straightLinesCorrelateFully() {
        double[] line = {3, 5, 7, 9};
        double[] down = {8, 6, 4, 2};
        assertThat(Correlation.pearson(UP, line)).isCloseTo(1, within(1e-15));
        assertThat(Correlation.spearman(UP, line)).isEqualTo(1);
        assertThat(Correlation.tauA(UP, line)).isEqualTo(1);
        assertThat(Correlation.tauB(UP, line)).isEqualTo(1);
        assertThat(Correlation.pearson(UP, down)).isCloseTo(-1, within(1e-15));
        assertThat(Correlation.spearman(UP, down)).isEqualTo(-1);
        assertThat(Correlation.tauA(UP, down)).isEqualTo(-1);
        assertThat(Correlation.tauB(UP, down)).isEqualTo(-1);
    }

    /** By hand: sums of products 4, of squares 5 and 5. */
    @Test
    void pearsonIsTheCosineOfTheDeviations() {
        assertThat(Correlation.pearson(UP, new double[] {1, 3, 2, 4})).isCloseTo(0.8, within(1e-15));
    }

    /** Without ties, 1 − 6·Σd² / (n·(n² − 1)): ten pairs with Σd² = 194 give −29/165. */
    @Test
    void spearmanWithoutTiesIsTheFormulaOfSquaredDifferences() {
        double[] iq = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
        double[] hours = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
        assertThat(Correlation.spearman(iq, hours)).isCloseTo(-29.0 / 165, within(1e-15));
    }

    @Test
    void kendallCountsPairs() {
        // Of six pairs five agree and one does not: 4/6.
        assertThat(Correlation.tauA(UP, new double[] {1, 3, 2, 4})).isCloseTo(4 / 6., within(1e-12));
        assertThat(Correlation.tauB(UP, new double[] {1, 3, 2, 4})).isCloseTo(4 / 6., within(1e-12));
    }

    /** One of three pairs agrees, one is tied in either: over all pairs 1/3, over those that are not tied 1/2. */
    @Test
    void tiedPairsAreNeither() {
        double[] x = {1, 1, 2};
        double[] y = {5, 6, 6};
        assertThat(Correlation.tauA(x, y)).isCloseTo(1 / 3., within(1e-12));
        assertThat(Correlation.tauB(x, y)).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void equalValuesShareTheMeanOfTheirRanks() {
        assertThat(Correlation.ranks(new double[] {30, 10, 20, 20, 20})).containsExactly(5, 1, 3, 3, 3);
        assertThat(Correlation.ranks(new double[] {0.0, -0.0, -1})).containsExactly(2.5, 2.5, 1);
        assertThat(Correlation.ranks(new double[0])).isEmpty();
    }

    @Test
    void constantValuesHaveNoCorrelation() {
        double[] same = {1, 1, 1, 1};
        assertThat(Correlation.pearson(UP, same)).isNaN();
        assertThat(Correlation.spearman(UP, same)).isNaN();
        assertThat(Correlation.tauB(UP, same)).isNaN();
        assertThat(Correlation.tauA(UP, same)).isZero();
    }
}
