package org.thurstone.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    @Test
    void intervalsCoverTheTruthNineteenTimesOfTwenty() {
        SplittableRandom random = new SplittableRandom(5);
        int held = 0;
        for (int i = 0; i < 4000; i++) {
            double[] values = new double[5];
            for (int k = 0; k < 5; k++) {
                values[k] = 3 + random.nextGaussian();
            }
            held += Measured.of(values).around(3) ? 1 : 0;
        }
        assertThat(held / 4000.0).isCloseTo(0.95, within(0.012));
    }

    @Test
    void aPowerIsTheSlopeOfLogarithms() {
        double[] x = {1, 2, 4, 8};
        assertThat(Slope.power(x, new double[] {3, 3 / Math.sqrt(2), 1.5, 3 / Math.sqrt(8)}))
                .isCloseTo(-0.5, within(1e-12));
    }
}
