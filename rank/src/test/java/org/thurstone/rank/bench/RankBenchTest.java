package org.thurstone.rank.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The figures describe what was asked for; no test depends on a time. */
class RankBenchTest {

    @Test
    void simulatedStrengthsAreRecovered() {
        RankBench.Figures figures = new RankBench(5000, 20, 500, 5, 10, 0, 1).run();
        assertThat(figures.battles()).isEqualTo(5000);
        assertThat(figures.items()).isEqualTo(20);
        assertThat(figures.bootstrapBattles()).isEqualTo(500);
        assertThat(figures.correlation().orElseThrow()).isGreaterThan(0.98);
        assertThat(figures.fit()).isPositive();
    }

    @Test
    void singleBattleIsRejected() {
        assertThatThrownBy(() -> new RankBench(1, 20, 500, 5, 10, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("battles and items are at least 2");
    }
}
