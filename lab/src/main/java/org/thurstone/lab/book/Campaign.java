package org.thurstone.lab.book;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Trial;
import org.thurstone.tensor.Torch;

/**
 * Runs replications one after the other. A failure does not stop the others; after the budget is spent, none is started.
 *
 * <p>One that has a result of the same seed and size is not run again if the result is of the present code. If the code has changed since, its smoke
 * version is run first: where that gives the same figures as before, bit for bit, the result is kept and marked as confirmed. Otherwise it is run
 * again in full, unless results are only to be confirmed.
 *
 * @param notebook where results go; none where they are only to be looked at
 * @param budget after which no other one is begun
 * @param rerun which of those with a result are run in full again
 */
public record Campaign(Optional<Notebook> notebook, Optional<Duration> budget, Rerun rerun) {

    /** When a replication that has a result is run in full again. */
    public enum Rerun {
        /** Always, even if the result is of the present code. */
        ALWAYS,
        /** Where the code has changed and its smoke version gives other figures. */
        IF_CHANGED,
        /** Never: results are confirmed by their smoke version, or stay stale. */
        NEVER
    }

    /** One replication to be run. */
    public record Task(Entry entry, Trial trial) {}

    /** How an outcome was reached. */
    public enum How {
        /** It was run in full. */
        RUN,
        /** Its result was there, of the same code. */
        KNOWN,
        /** Its result was there, and the smoke version of the present code gives the same figures. */
        CONFIRMED,
        /** Its result was there, but the smoke version of the present code gives other figures, and it was not to be run in full. */
        CHANGED,
        /** The budget was spent. */
        NOT_BEGUN
    }

    /**
     * The outcome of one replication.
     *
     * @param result of this run or an earlier one; empty where it failed, was not begun, or is of other code that gives other figures
     * @param problem why there is no result
     */
    public record Outcome(Entry entry, Optional<Result> result, Optional<String> problem, How how) {

        /** Whether it was begun and failed. */
        public boolean failed() {
            return problem.isPresent() && how == How.RUN;
        }
    }

    /** Told of each as it ends. */
    public interface Listener {
        void ended(Outcome outcome);
    }

    /** Some replications, each with one trial. */
    public List<Outcome> run(List<Entry> entries, Trial trial, Listener listener) {
        return run(entries.stream().map(entry -> new Task(entry, trial)).toList(), listener);
    }

    /** In the order of the list. */
    public List<Outcome> run(List<Task> tasks, Listener listener) {
        // The policies are tiny: more threads would only wait for each other.
        Torch.tuneThreads(1);
        long begin = System.nanoTime();
        List<Outcome> outcomes = new ArrayList<>();
        for (Task task : tasks) {
            Duration spent = Duration.ofNanos(System.nanoTime() - begin);
            Outcome outcome = budget.filter(b -> spent.compareTo(b) >= 0).isPresent()
                    ? known(task)
                            .orElseGet(() -> new Outcome(
                                    task.entry(), Optional.empty(), Optional.of("the budget was spent"), How.NOT_BEGUN))
                    : once(task);
            outcomes.add(outcome);
            listener.ended(outcome);
        }
        return outcomes;
    }

    private Outcome once(Task task) {
        try {
            return known(task)
                    .or(() -> confirmed(task))
                    .orElseGet(() -> rerun == Rerun.NEVER ? changed(task) : inFull(task));
        } catch (UserError e) {
            return failed(task, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A defect of one replication must not cost the others their run.
            return failed(task, e.toString());
        }
    }

    private static Outcome failed(Task task, String problem) {
        return new Outcome(task.entry(), Optional.empty(), Optional.of(problem), How.RUN);
    }

    private Outcome changed(Task task) {
        String problem = kept(task).isEmpty()
                ? "there is no result to confirm"
                : "the figures of the smoke version differ from those of the result with seed "
                        + task.trial().seed() + ", which stays stale";
        return new Outcome(task.entry(), Optional.empty(), Optional.of(problem), How.CHANGED);
    }

    /** The result that is there, of whatever code. */
    private Optional<Result> kept(Task task) {
        return rerun == Rerun.ALWAYS
                ? Optional.empty()
                : notebook.flatMap(n -> n.result(task.entry(), task.trial().seed()))
                        .filter(r -> r.smoke() == task.trial().smoke());
    }

    private Optional<Outcome> known(Task task) {
        return kept(task)
                .filter(r -> r.holdsAt(task.entry().edition()))
                .map(r -> new Outcome(task.entry(), Optional.of(r), Optional.empty(), How.KNOWN));
    }

    private Optional<Outcome> confirmed(Task task) {
        Entry entry = task.entry();
        return kept(task)
                // A smoke version of its own is as quick to run as to confirm.
                .filter(r -> !r.smoke() || rerun == Rerun.NEVER)
                .filter(r -> smokeFigures(task).equals(r.smokeFigures()))
                .map(r -> r.confirmedAt(entry.edition()))
                .map(r -> {
                    notebook.ifPresent(n -> n.keep(entry, r));
                    return new Outcome(entry, Optional.of(r), Optional.empty(), How.CONFIRMED);
                });
    }

    private static String smokeFigures(Task task) {
        task.trial()
                .progress()
                .say(task.entry().name() + ", smoke version: "
                        + task.entry().part().summary());
        return SmokeFigures.of(task.entry()
                .replication()
                .experiment(task.trial().as(task.trial().seed(), true)));
    }

    private Outcome inFull(Task task) {
        Entry entry = task.entry();
        Trial trial = task.trial();
        trial.progress().say(entry.name() + ": " + entry.part().summary());
        long begin = System.nanoTime();
        Findings findings = entry.replication().experiment(trial);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        if (notebook.isEmpty()) {
            return new Outcome(entry, Optional.of(result(task, findings, seconds, "")), Optional.empty(), How.RUN);
        }
        Result result = result(task, findings, seconds, trial.smoke() ? SmokeFigures.of(findings) : smokeFigures(task));
        notebook.get().keep(entry, result);
        return new Outcome(entry, Optional.of(result), Optional.empty(), How.RUN);
    }

    private static Result result(Task task, Findings findings, double seconds, String smokeFigures) {
        return new Result(
                task.entry().name(),
                task.entry().edition(),
                smokeFigures,
                Optional.empty(),
                task.trial().seed(),
                task.trial().smoke(),
                seconds,
                findings.verdict(),
                findings);
    }
}
