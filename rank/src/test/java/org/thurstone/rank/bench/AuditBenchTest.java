package org.thurstone.rank.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.audit.AuditSettings;
import org.thurstone.rank.audit.Probe;

class AuditBenchTest {

    @Test
    void everyProbeHasABoardWithItsDefect() {
        Set<String> planted = new TreeSet<>();
        Arrays.stream(PlantedBoard.values()).forEach(board -> planted.addAll(board.planted()));
        assertThat(planted)
                .isEqualTo(AuditSettings.DEFAULT.probes().stream()
                        .map(Probe::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void boardsOfASeedAreAlwaysTheSame() {
        for (PlantedBoard board : PlantedBoard.values()) {
            assertThat(board.battles(2)).containsExactlyElementsOf(board.battles(2));
        }
        assertThat(PlantedBoard.EVEN.battles(2).battle(0))
                .isNotEqualTo(PlantedBoard.EVEN.battles(3).battle(0));
    }

    /** By hand: two of three coins or more are heads in four of eight cases. */
    @Test
    void binomialTailsAreExact() {
        assertThat(AuditBench.orMore(2, 3, 0.5)).isCloseTo(0.5, within(1e-12));
        assertThat(AuditBench.orMore(0, 3, 0.5)).isEqualTo(1);
        assertThat(AuditBench.orMore(19, 200, 0.05)).isLessThan(0.01);
        assertThat(AuditBench.orMore(18, 200, 0.05)).isGreaterThan(0.01);
    }
}
