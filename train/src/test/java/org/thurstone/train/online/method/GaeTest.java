package org.thurstone.train.online.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Advantages of short answers, by hand. */
class GaeTest {

    private static final double[] REWARDS = {-0.1, 0.2, 1};
    private static final double[] VALUES = {0.5, 0.4, 0.6};

    @Test
    void byHand() {
        // δ = −0.1 + 0.9·0.4 − 0.5 = −0.24; 0.2 + 0.9·0.6 − 0.4 = 0.34; 1 − 0.6 = 0.4. γλ = 0.45.
        // A₃ = 0.4; A₂ = 0.34 + 0.45·0.4 = 0.52; A₁ = −0.24 + 0.45·0.52 = −0.006.
        assertThat(new Gae(0.9, 0.5).advantages(REWARDS, VALUES))
                .containsExactly(new double[] {-0.006, 0.52, 0.4}, within(1e-12));
    }

    @Test
    void withLambdaOneItIsTheReturnLessTheValue() {
        assertThat(new Gae(1, 1).advantages(REWARDS, VALUES))
                .containsExactly(new double[] {1.1 - 0.5, 1.2 - 0.4, 1 - 0.6}, within(1e-12));
    }

    @Test
    void withLambdaZeroItIsOneStepsError() {
        assertThat(new Gae(1, 0).advantages(REWARDS, VALUES))
                .containsExactly(new double[] {-0.1 + 0.4 - 0.5, 0.2 + 0.6 - 0.4, 1 - 0.6}, within(1e-12));
    }

    @Test
    void singleTokenAndEmptySequences() {
        assertThat(new Gae(0.9, 0.5).advantages(new double[] {2}, new double[] {0.5}))
                .containsExactly(1.5);
        assertThat(new Gae(0.9, 0.5).advantages(new double[0], new double[0])).isEmpty();
    }
}
