package org.thurstone.worlds.language.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thurstone.loop.metrics.MetricsRow;

class CurvesTest {

    @Test
    void overfittingIsHeldOutRisingWhileTrainingFalls() {
        assertThat(curves(List.of(0.7, 0.6, 0.5, 0.4), List.of(0.7, 0.6, 0.65), 2)
                        .overfitted(2))
                .isTrue();
        assertThat(curves(List.of(0.7, 0.6, 0.5, 0.4), List.of(0.7, 0.6, 0.55), 2)
                        .overfitted(2))
                .as("held out falls too")
                .isFalse();
        assertThat(curves(List.of(0.7, 0.6, 0.8, 0.9), List.of(0.7, 0.6, 0.65), 2)
                        .overfitted(2))
                .as("both rise: that is another trouble")
                .isFalse();
        assertThat(curves(List.of(0.7, 0.6), List.of(0.7, 0.8), 2).overfitted(2))
                .as("one epoch: its halves are compared")
                .isTrue();
        assertThat(curves(List.of(0.69, 32.1, 17.6, 9.7), List.of(0.69, 7.0, 9.0), 2)
                        .overfitted(2))
                .as("it falls from where it had jumped, and never below its start")
                .isFalse();
        assertThat(curves(List.of(0.7), List.of(), 2).overfitted(2)).isFalse();
    }

    @Test
    void trainingLossesAreAveragedOverTheStepsBetween() {
        Curves curves = curves(List.of(1.0, 2.0, 4.0, 8.0), List.of(0.5), 2);
        assertThat(curves.trainingLoss(1, 3)).isCloseTo(3.0, within(1e-12));
        assertThat(curves.trainingLoss(4, 9)).isNaN();
    }

    /** Training losses of steps 1, 2, …, and evaluations every so many steps from 0. */
    private static Curves curves(List<Double> training, List<Double> heldOut, int every) {
        List<MetricsRow> rows = new ArrayList<>();
        for (int i = 0; i < training.size(); i++) {
            rows.add(new MetricsRow(Instant.EPOCH, Curves.TRAIN, i + 1L, Map.of("loss", training.get(i))));
        }
        for (int i = 0; i < heldOut.size(); i++) {
            rows.add(new MetricsRow(Instant.EPOCH, Curves.HELD_OUT, (long) i * every, Map.of("loss", heldOut.get(i))));
        }
        return Curves.of(rows);
    }
}
