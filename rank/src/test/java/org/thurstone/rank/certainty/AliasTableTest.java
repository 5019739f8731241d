package org.thurstone.rank.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AliasTableTest {

    /** The columns add up to each index's share to its last bit but a few, without drawing. */
    @Test
    void sharesAreThoseOfTheWeights() {
        double[] weights = {0, 3, 1, 0, 0.5, 10, 0, 2};
        AliasTable table = AliasTable.of(weights);
        double[] shares = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            shares[i] += table.share(i) / weights.length;
            shares[table.other(i)] += (1 - table.share(i)) / weights.length;
        }
        for (int i = 0; i < weights.length; i++) {
            assertThat(shares[i]).isCloseTo(weights[i] / 16.5, within(1e-9));
        }
    }

    @Test
    void samplesHaveTheRightFrequencies() {
        double[] weights = {1, 0, 4, 5};
        AliasTable table = AliasTable.of(weights);
        SplittableRandom random = new SplittableRandom(1);
        int[] counts = new int[4];
        for (int k = 0; k < 100_000; k++) {
            counts[table.draw(random)]++;
        }
        assertThat(counts[1]).isZero();
        assertThat(counts[2] / 1e5).isCloseTo(0.4, within(0.01));
    }
}
