package org.thurstone.lab.book;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Trial;

/**
 * Replications run one after the other. One that fails does not stop the others; one that has a result of the same edition, seed and size is
 * not run again; and when the budget is spent no other is begun.
 *
 * @param notebook where results go; none where they are only to be looked at
 * @param budget after which no other one is begun
 * @param again whether those that have a result are run all the same
 */
public record Campaign(Optional<Notebook> notebook, Optional<Duration> budget, boolean again) {

    /**
     * What became of one.
     *
     * @param result of this run or an earlier one; empty where it failed or was not begun
     * @param problem why there is no result
     */
    public record Outcome(Entry entry, Optional<Result> result, Optional<String> problem, boolean fresh) {

        /** Whether it was begun and failed. */
        public boolean failed() {
            return problem.isPresent() && fresh;
        }
    }

    /** Told of each as it ends. */
    public interface Listener {
        void ended(Outcome outcome);
    }

    public List<Outcome> run(List<Entry> entries, Trial trial, Listener listener) {
        long begin = System.nanoTime();
        List<Outcome> outcomes = new ArrayList<>();
        for (Entry entry : entries) {
            Duration spent = Duration.ofNanos(System.nanoTime() - begin);
            Outcome outcome = known(entry, trial)
                    .orElseGet(() -> budget.filter(b -> spent.compareTo(b) >= 0)
                            .map(b -> new Outcome(entry, Optional.empty(), Optional.of("the budget was spent"), false))
                            .orElseGet(() -> once(entry, trial)));
            outcomes.add(outcome);
            listener.ended(outcome);
        }
        return outcomes;
    }

    private Optional<Outcome> known(Entry entry, Trial trial) {
        return again
                ? Optional.empty()
                : notebook.flatMap(n -> n.result(entry, trial.seed()))
                        .filter(r -> r.edition().equals(entry.edition()) && r.smoke() == trial.smoke())
                        .map(r -> new Outcome(entry, Optional.of(r), Optional.empty(), false));
    }

    private Outcome once(Entry entry, Trial trial) {
        trial.progress().say("row " + entry.row() + ": " + entry.part().summary());
        long begin = System.nanoTime();
        try {
            Findings findings = entry.replication().experiment(trial);
            Result result = new Result(
                    entry.name(),
                    entry.part().rows(),
                    entry.edition(),
                    trial.seed(),
                    trial.smoke(),
                    (System.nanoTime() - begin) * 1e-9,
                    findings.verdict(),
                    findings);
            notebook.ifPresent(n -> n.keep(entry, result));
            return new Outcome(entry, Optional.of(result), Optional.empty(), true);
        } catch (UserError e) {
            return new Outcome(entry, Optional.empty(), Optional.of(String.valueOf(e.getMessage())), true);
        } catch (RuntimeException e) {
            // A defect of one row must not cost the others their run.
            return new Outcome(entry, Optional.empty(), Optional.of(e.toString()), true);
        }
    }
}
