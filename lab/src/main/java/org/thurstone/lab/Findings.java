package org.thurstone.lab;

import java.util.List;
import org.thurstone.report.Lines;

/**
 * What an experiment found.
 *
 * @param figures tables of figures with their intervals
 * @param plots to be drawn
 * @param checks what has to be so if the claim is true; at least one of them core
 * @param notes what else a reader should know, a sentence or two each
 */
public record Findings(List<Figures> figures, List<Lines> plots, List<Check> checks, List<String> notes) {

    public Findings {
        figures = List.copyOf(figures);
        plots = List.copyOf(plots);
        checks = List.copyOf(checks);
        notes = List.copyOf(notes);
        if (checks.stream().noneMatch(Check::core)) {
            throw new IllegalArgumentException("a replication checks the heart of its claim");
        }
    }

    /** What is said and counted, without what is drawn. */
    public Findings withoutPlots() {
        return new Findings(figures, List.of(), checks, notes);
    }

    public Verdict verdict() {
        if (checks.stream().anyMatch(c -> c.core() && !c.holds())) {
            return Verdict.NOT_REPLICATED;
        }
        return checks.stream().allMatch(Check::holds) ? Verdict.REPLICATED : Verdict.PARTLY;
    }
}
