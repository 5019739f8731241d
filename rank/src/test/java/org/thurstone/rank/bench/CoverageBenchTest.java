package org.thurstone.rank.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The small version of the table in the documentation: 240 newcomers per cell, where one standard error is 1.4 % at 95 %. */
class CoverageBenchTest {

    @Test
    void defaultIntervalsOfNewcomersHoldTheirStrength() {
        List<CoverageBench.Cell> cells = new CoverageBench(240, 42, 12, List.of(1.0, 2.0), List.of(1, 3, 10, 30), 0, 5)
                .run()
                .cells();
        assertThat(cells).hasSize(8).allSatisfy(cell -> {
            assertThat(cell.covered()).as(cell.toString()).isGreaterThan(0.91);
            if (cell.battles() >= 10) {
                assertThat(cell.covered()).as(cell.toString()).isLessThan(0.99);
            }
            if (cell.decided().share() > 0.1) {
                assertThat(cell.decided().posterior()).as(cell.toString()).isBetween(0.9, 0.99);
            }
            assertThat(cell.tied().share()).isZero();
            assertThat(cell.sandwich() + cell.likelihood() + cell.posterior()).isBetween(0.999, 1.001);
        });
        assertThat(cells.getFirst().posterior()).as("one battle is won or lost").isEqualTo(1);
        assertThat(cells.get(3).sandwich())
                .as("thirty battles are mostly enough")
                .isGreaterThan(0.5);
    }

    @Test
    void tiesAreCoveredToo() {
        CoverageBench.Cell cell = new CoverageBench(120, 42, 12, List.of(1.0), List.of(2), 0.3, 7)
                .run()
                .cells()
                .getFirst();
        assertThat(cell.covered()).isGreaterThan(0.92);
        assertThat(cell.likelihood()).isGreaterThan(0.3);
    }

    /** Newcomers whose battles all were ties, among 400 with one battle that is a tie in half of the cases between equals. */
    @Test
    void newcomersThatOnlyTiedHaveTheirOwnFigures() {
        CoverageBench.Cell cell = new CoverageBench(400, 42, 12, List.of(1.0), List.of(1), 0.5, 11)
                .run()
                .cells()
                .getFirst();
        CoverageBench.Alike tied = cell.tied();
        assertThat(tied.share()).isBetween(0.25, 0.5);
        assertThat(tied.share() + cell.decided().share()).isEqualTo(1);
        assertThat(tied.byDefault()).isGreaterThan(0.92);
        assertThat(tied.posterior()).isBetween(0.9, 0.99);
        assertThat(tied.posteriorHalf()).isLessThanOrEqualTo(tied.posterior());
        assertThat(tied.posteriorDouble()).isGreaterThanOrEqualTo(tied.posterior());
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new CoverageBench(0, 45, 12, List.of(1.0), List.of(2), 0, 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CoverageBench(1, 45, 12, List.of(0.0), List.of(2), 0, 7))
                .hasMessageContaining("spreads are above 0");
    }
}
