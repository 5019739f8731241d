package org.thurstone.worlds.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.loop.evaluation.AnswerOutcome;
import org.thurstone.loop.run.Seeds;
import org.thurstone.report.TerminalTable;
import org.thurstone.statistics.Estimate;

class OutcomeTablesTest {

    private static AnswerOutcome outcome(String kind, boolean trained, boolean ended, boolean obeys) {
        return new AnswerOutcome(kind, trained, ended, obeys, true, 10);
    }

    /** A kind in training that goes from 1 of 4 to 3 of 4, and an unseen one that stays at 1 of 2. */
    private static OutcomeTables tables() {
        List<AnswerOutcome> before = new ArrayList<>(List.of(outcome("a", true, true, true)));
        before.addAll(Collections.nCopies(3, outcome("a", true, false, true)));
        List<AnswerOutcome> after = new ArrayList<>(Collections.nCopies(3, outcome("a", true, true, true)));
        after.add(outcome("a", true, true, false));
        for (List<AnswerOutcome> each : List.of(before, after)) {
            each.add(outcome("b", false, true, true));
            each.add(outcome("b", false, true, false));
        }
        return new OutcomeTables(before, after);
    }

    @Test
    void contributionsOfSharesAddUpToTheGain() {
        double[] parts = OutcomeTables.contributions(new double[] {0.5, 0.4, 1}, new double[] {0.8, 0.5, 1});
        assertThat(Arrays.stream(parts).sum()).isCloseTo(0.4 - 0.2, within(1e-15));
        // Of two factors each gets its change times the mean of the other one.
        assertThat(parts[0]).isCloseTo(0.3 * 0.45, within(1e-15));
        assertThat(parts[1]).isCloseTo(0.1 * 0.65, within(1e-15));
        assertThat(parts[2]).isZero();
    }

    @Test
    void gainsArePairedAndTheirIntervalIsSeeded() {
        Estimate all = tables().gain(o -> true, new Seeds(1).of("gain"));
        assertThat(all.mean()).isCloseTo(2 / 6.0, within(1e-15));
        assertThat(all.low()).isBetween(-0.01, 0.17);
        assertThat(all.high()).isBetween(0.5, 0.84);
        assertThat(tables().gain(o -> true, new Seeds(1).of("gain"))).isEqualTo(all);
        assertThat(tables().gain(o -> !o.trained(), new Seeds(1).of("gain"))).isEqualTo(new Estimate(0, 0, 0, 2));
    }

    @Test
    void tablesShowKindsAndSources() {
        String kinds = TerminalTable.of(tables().kinds(), false);
        assertThat(kinds).containsSubsequence("a ", "yes", "4", "25.0", "75.0", "33.3", "b ", "no", "2", "0.0");
        String sources = TerminalTable.of(tables().sources(), false);
        assertThat(sources).containsSubsequence("answers that end", "50.0", "100.0", "those that obey", "66.7");
        assertThat(TerminalTable.of(tables().summary(new Seeds(1).of("gain")), false))
                .containsSubsequence("all", "kinds in training", "unseen kinds");
    }

    @Test
    void outcomesOfOtherPromptsAreRefused() {
        assertThatThrownBy(() -> new OutcomeTables(List.of(outcome("a", true, true, true)), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
