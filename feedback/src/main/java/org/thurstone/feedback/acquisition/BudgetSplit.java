package org.thurstone.feedback.acquisition;

import java.util.List;

/** Distributes the annotation budget over the iterations of a run. */
@FunctionalInterface
public interface BudgetSplit {

    /**
     * The labels of each iteration, first to last, none negative; they sum to {@code total} exactly.
     *
     * @param total labels of the whole run, at least 0
     * @param iterations at least 1
     */
    List<Integer> split(int total, int iterations);
}
