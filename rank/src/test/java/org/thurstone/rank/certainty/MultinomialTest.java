package org.thurstone.rank.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MultinomialTest {

    private static double[] drawn(Multinomial multinomial, int indexes, SplittableRandom random) {
        double[] drawn = new double[indexes];
        multinomial.draw(random, (index, times) -> drawn[index] += times);
        return drawn;
    }

    /** Large counts are drawn as a whole; means, variances and covariances are those of draws one by one. */
    @Test
    void largeCountsHaveTheMomentsOfDrawsWithReplacement() {
        double[] counts = {0, 1, 7, 7, 600_000, 1_000_000, 3, 400_000};
        double size = Arrays.stream(counts).sum();
        Multinomial multinomial = Multinomial.of(counts);
        assertThat(multinomial.poisson()).isNotEmpty();
        int draws = 3000;
        SplittableRandom random = new SplittableRandom(1);
        double[] sum = new double[counts.length];
        double[][] products = new double[counts.length][counts.length];
        for (int d = 0; d < draws; d++) {
            double[] one = drawn(multinomial, counts.length, random);
            assertThat(Arrays.stream(one).sum()).isEqualTo(size);
            for (int i = 0; i < one.length; i++) {
                sum[i] += one[i] - counts[i];
                for (int j = 0; j < one.length; j++) {
                    products[i][j] += (one[i] - counts[i]) * (one[j] - counts[j]);
                }
            }
        }
        assertThat(sum[0]).isZero();
        for (int i = 1; i < counts.length; i++) {
            double variance = counts[i] * (1 - counts[i] / size);
            assertThat(sum[i] / draws / Math.sqrt(variance)).isCloseTo(0, within(0.08));
            assertThat(products[i][i] / draws / variance).isCloseTo(1, within(0.2));
            for (int j = 1; j < i; j++) {
                double other = counts[j] * (1 - counts[j] / size);
                double covariance = -counts[i] * counts[j] / size;
                assertThat((products[i][j] / draws - covariance) / Math.sqrt(variance * other))
                        .isCloseTo(0, within(0.08));
            }
        }
    }

    @Test
    void fewCountsAreDrawnOneByOne() {
        double[] counts = {0, 3, 5};
        Multinomial multinomial = Multinomial.of(counts);
        double[] drawn = drawn(multinomial, 3, new SplittableRandom(2));
        double[] byTable = new double[3];
        SplittableRandom random = new SplittableRandom(2);
        for (int k = 0; k < 8; k++) {
            byTable[AliasTable.of(counts).draw(random)]++;
        }
        assertThat(drawn).containsExactly(byTable);
    }
}
