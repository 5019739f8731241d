package org.thurstone.lab;

import java.util.List;
import java.util.stream.Stream;
import org.thurstone.report.Lines;

/**
 * The results of an experiment.
 *
 * @param figures tables of figures with their intervals
 * @param plots the plots of the page
 * @param checks conditions that must hold if the claim is true; at least one of them is primary
 * @param notes what else a reader should know, a sentence or two each
 */
public record Findings(List<Figures> figures, List<Lines> plots, List<Check> checks, List<String> notes) {

    public Findings {
        figures = List.copyOf(figures);
        plots = List.copyOf(plots);
        checks = List.copyOf(checks);
        notes = List.copyOf(notes);
    }

    /** Tables first; what they show is checked next. */
    public static Findings of(Figures... figures) {
        return new Findings(List.of(figures), List.of(), List.of(), List.of());
    }

    public Findings with(Figures... more) {
        return new Findings(joined(figures, List.of(more)), plots, checks, notes);
    }

    public Findings with(Lines... more) {
        return new Findings(figures, joined(plots, List.of(more)), checks, notes);
    }

    public Findings with(Check... more) {
        return new Findings(figures, plots, joined(checks, List.of(more)), notes);
    }

    /** The findings with one more primary check. */
    public Findings core(String says, boolean holds) {
        return with(Check.core(says, holds));
    }

    /** The findings with one more secondary check. */
    public Findings also(String says, boolean holds) {
        return with(Check.also(says, holds));
    }

    public Findings note(String... more) {
        return new Findings(figures, plots, checks, joined(notes, List.of(more)));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The same without plots. */
    public Findings withoutPlots() {
        return new Findings(figures, List.of(), checks, notes);
    }

    /** @throws IllegalStateException if nothing core was checked */
    public Verdict verdict() {
        if (checks.stream().noneMatch(Check::core)) {
            throw new IllegalStateException("a replication needs a primary check");
        }
        if (checks.stream().anyMatch(c -> c.core() && !c.holds())) {
            return Verdict.NOT_REPLICATED;
        }
        return checks.stream().allMatch(Check::holds) ? Verdict.REPLICATED : Verdict.PARTLY;
    }
}
