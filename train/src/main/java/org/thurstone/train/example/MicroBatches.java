package org.thurstone.train.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Splits a batch into micro-batches that fit in memory. */
public final class MicroBatches {

    private MicroBatches() {}

    /**
     * Longest first, so that a pass pads little: rows × the longest row stays within the budget, and an example that alone is beyond it goes
     * on its own.
     *
     * @param tokens padding included
     */
    public static <E extends TrainingExample> List<List<E>> of(List<E> examples, int tokens) {
        List<E> sorted = new ArrayList<>(examples);
        sorted.sort(Comparator.<E>comparingInt(TrainingExample::longest).reversed());
        List<List<E>> passes = new ArrayList<>();
        List<E> pass = new ArrayList<>();
        long rows = 0;
        long width = 0;
        for (E example : sorted) {
            long more = example.trees().size();
            long wider = Math.max(width, example.longest());
            if (!pass.isEmpty() && (rows + more) * wider > tokens) {
                passes.add(List.copyOf(pass));
                pass.clear();
                rows = 0;
                wider = example.longest();
            }
            pass.add(example);
            rows += more;
            width = wider;
        }
        if (!pass.isEmpty()) {
            passes.add(List.copyOf(pass));
        }
        return passes;
    }
}
