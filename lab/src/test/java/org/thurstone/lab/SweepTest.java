package org.thurstone.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.thurstone.report.Lines;

/** Tables, curves and comparisons of arms along an axis, over seeds. */
class SweepTest {

    /** At 1 and 10, three seeds: "ours" is 1 above "theirs" at first and equal to it in the end. */
    private static Sweep sweep() {
        Sweep sweep = Sweep.along(1, 10);
        for (double seed : new double[] {0, 10, 20}) {
            sweep.add("ours", seed + 1, seed + 5);
            sweep.add("theirs", seed, seed + 5);
        }
        return sweep;
    }

    @Test
    void aTableHasARowPerPlaceAndAColumnPerArm() {
        Figures table = sweep().table("score", "pairs", 2, n -> "n = " + (int) n);
        assertThat(table.corner()).isEqualTo("pairs");
        assertThat(table.columns()).containsExactly("ours", "theirs");
        assertThat(table.rows()).extracting(Figures.Row::name).containsExactly("n = 1", "n = 10");
        assertThat(table.rows().getFirst().values()).containsExactly(Measured.of(1, 11, 21), Measured.of(0, 10, 20));
    }

    @Test
    void aCurveHasALinePerArmWithItsMeansAndIntervals() {
        Lines curve = sweep().curve("score", "", "pairs", "score");
        assertThat(curve.series()).extracting(s -> s.name()).containsExactly("ours", "theirs");
        assertThat(curve.series().getFirst().points())
                .containsExactly(
                        Measured.of(1, 11, 21).at(1), Measured.of(5, 15, 25).at(10));
    }

    @Test
    void armsAreComparedSeedBySeed() {
        Sweep sweep = sweep();
        assertThat(sweep.difference("ours", "theirs", 0)).isEqualTo(Measured.of(1, 1, 1));
        assertThat(sweep.better("ours", "theirs", 0))
                .as("seeds differ by far more than arms")
                .isTrue();
        assertThat(sweep.less("theirs", "ours", 0)).isTrue();
        assertThat(sweep.better("ours", "theirs", 1)).as("equal").isFalse();
        assertThat(sweep.better("ours", "theirs")).as("not at each place").isFalse();
    }

    @Test
    void gainsAndSlopesAreComputedSeedBySeed() {
        assertThat(sweep().gain("ours")).isEqualTo(Measured.of(4, 4, 4));
        assertThat(sweep().gains().values("theirs")).containsExactly(5, 5, 5);
        assertThat(sweep().slopes().values("ours")).containsExactly(4 / 9.0, 4 / 9.0, 4 / 9.0);
        assertThat(sweep().grows("ours")).isTrue();
    }

    @Test
    void missingArmIsNamed() {
        assertThatThrownBy(() -> sweep().at("other", 0))
                .hasMessageContaining("\"other\"")
                .hasMessageContaining("ours");
        assertThatThrownBy(() -> sweep().of("other")).hasMessageContaining("\"other\"");
    }

    @Test
    void aPlaceWithoutValuesIsNoFigure() {
        Sweep sweep = Sweep.along(1, 2);
        sweep.add("a", 0, 3);
        assertThatThrownBy(() -> sweep.at("a", 1))
                .hasMessageContaining("\"a\"")
                .hasMessageContaining("no value at 2.0");
        assertThatThrownBy(() -> sweep.table("t", "c", 1, Double::toString)).hasMessageContaining("no value at 2.0");
    }

    @Test
    void armsOfDifferentSeedsAreNotCompared() {
        Sweep sweep = Sweep.once();
        sweep.add("a", 0, 1, 2);
        sweep.add("b", 0, 1);
        assertThatThrownBy(() -> sweep.better("a", "b")).hasMessageContaining("2 and 1 seeds");
    }

    @Test
    void nanIsNeitherBetterNorLess() {
        Sweep sweep = Sweep.once();
        sweep.add("nan", 0, 1, Double.NaN, 3);
        sweep.add("a", 0, 0, 0, 0);
        assertThat(sweep.better("nan", "a")).isFalse();
        assertThat(sweep.less("nan", "a")).isFalse();
        assertThat(sweep.end("nan").mean()).isNaN();
    }

    @Test
    void anArmIsChosenOnce() {
        assertThat(sweep().of("theirs", "ours").arms()).containsExactly("theirs", "ours");
        assertThatThrownBy(() -> sweep().of("ours", "ours")).hasMessage("\"ours\" is named twice");
    }

    @Test
    void aCourseHasAValuePerPlace() {
        assertThatThrownBy(() -> Sweep.along(1, 2).add("a", 1.0)).hasMessageContaining("1 values for 2 places");
        assertThatThrownBy(() -> Sweep.along(1, 2).add("a", 0, new double[0])).hasMessageContaining("without values");
    }
}
