package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.thurstone.train.LearningRate.Constant;
import org.thurstone.train.LearningRate.Cosine;
import org.thurstone.train.LearningRate.Linear;
import org.thurstone.train.LearningRate.Warmup.Share;
import org.thurstone.train.LearningRate.Warmup.Steps;

class LearningRateTest {

    private static double[] course(LearningRate rate, int total) {
        double[] course = new double[total];
        for (int s = 0; s < total; s++) {
            course[s] = rate.at(s, total);
        }
        return course;
    }

    @Test
    void theCourseIsAsWorkedOutByHand() {
        assertThat(course(new Constant(new Steps(4)), 6)).containsExactly(0.25, 0.5, 0.75, 1, 1, 1);
        assertThat(course(new Linear(new Steps(2)), 6)).containsExactly(0.5, 1, 1, 0.75, 0.5, 0.25);
        double root = Math.sqrt(0.5);
        assertThat(course(new Cosine(new Steps(0), 0), 4))
                .containsExactly(new double[] {1, (1 + root) / 2, 0.5, (1 - root) / 2}, within(1e-12));
        assertThat(new Cosine(new Share(0), 0.1).at(2, 4)).isEqualTo(0.55, within(1e-12));
        assertThat(course(new Constant(new Share(0.1)), 30)).startsWith(1 / 3.0, 2 / 3.0, 1);
    }

    @Test
    void edgesHaveAnAnswer() {
        assertThat(new Linear(new Steps(0)).at(0, 0)).isZero();
        assertThat(new Constant(new Steps(0)).at(0, 0)).isEqualTo(1);
        assertThat(new Cosine(new Share(1), 0.2).at(9, 9)).isEqualTo(0.2, within(1e-12));
        assertThat(course(new Linear(new Steps(10)), 3)).containsExactly(0.1, 0.2, 0.3);
        assertThat(course(new Linear(new Share(1)), 2)).containsExactly(0.5, 1);
        assertThat(new Linear(new Steps(0)).at(100, 10)).isZero();
        assertThat(new Linear(new Steps(0)).at(0, 1)).isEqualTo(1);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Steps(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Share(1.5)).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> new Share(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cosine(new Steps(0), -1)).hasMessageContaining("floor");
        assertThatThrownBy(() -> new Linear(new Steps(0)).at(-1, 10)).isInstanceOf(IllegalArgumentException.class);
    }
}
