package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {

    private static List<String> labels(double low, double high, int atMost) {
        Ticks ticks = Ticks.between(low, high, atMost, false);
        return ticks.values().stream().map(value -> ticks.label(value, false)).toList();
    }

    @Test
    void ticksAreAtOnesTwosAndFives() {
        assertThat(labels(0, 1, 5)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(0, 10, 5)).containsExactly("0", "2", "4", "6", "8", "10");
        assertThat(labels(0.13, 0.87, 4)).containsExactly("0.2", "0.4", "0.6", "0.8");
        assertThat(labels(-3, 4, 4)).containsExactly("−2", "0", "2", "4");
        assertThat(labels(0, 37, 4)).containsExactly("0", "10", "20", "30");
        assertThat(labels(0, 2400, 5)).containsExactly("0", "500", "1,000", "1,500", "2,000");
        assertThat(labels(0, 3e6, 3)).containsExactly("0", "1\u00a0M", "2\u00a0M", "3\u00a0M");
        assertThat(labels(0, 3e-4, 3)).containsExactly("0", "0.0001", "0.0002", "0.0003");
        assertThat(labels(0, 3e-5, 3)).containsExactly("0", "1.00e-5".replace('-', '−'), "2.00e−5", "3.00e−5");
    }

    @Test
    void iterationsHaveNoMarkBetweenTwoOfThem() {
        assertThat(Ticks.between(0, 3, 9, true).values()).containsExactly(0.0, 1.0, 2.0, 3.0);
        assertThat(Ticks.between(0, 3, 9, false).values()).hasSize(7);
    }

    @Test
    void sharesAreLabelledAsPercent() {
        Ticks ticks = Ticks.between(0.4, 1, 6, false);
        assertThat(ticks.values().stream().map(value -> ticks.label(value, true)))
                .containsExactly(
                        "40\u00a0%", "50\u00a0%", "60\u00a0%", "70\u00a0%", "80\u00a0%", "90\u00a0%", "100\u00a0%");
    }

    @Test
    void numbersAreWrittenAsTheyAreRead() {
        assertThat(Numbers.decimals(-1234567.891, 2)).isEqualTo("−1,234,567.89");
        assertThat(Numbers.decimals(-0.001, 2)).isEqualTo("0.00");
        assertThat(Numbers.decimals(Double.NaN, 2)).isEqualTo("–");
        assertThat(Numbers.percent(0.8165, 1)).isEqualTo("81.7\u00a0%");
        assertThat(Numbers.percent(Double.NEGATIVE_INFINITY, 1)).isEqualTo("−∞");
        assertThat(Numbers.any(0.0003)).isEqualTo("3.00e−4");
        assertThat(Numbers.any(12.3456)).isEqualTo("12.35");
        assertThat(Numbers.any(3)).isEqualTo("3");
        assertThat(Numbers.any(1e10)).isEqualTo("1.00e10");
        assertThat(Numbers.any(0)).isEqualTo("0");
    }
}
