package org.thurstone.feedback.acquisition;

import java.util.List;

/**
 * More labels late, in equal steps: ratio 3 over three iterations is 1 : 2 : 3.
 *
 * @param ratio the last iteration's labels over the first's, at least 1
 */
public record IncreasingBudget(double ratio) implements BudgetSplit {

    public IncreasingBudget {
        if (!(ratio >= 1) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException("ratio " + ratio + " must be a finite number of at least 1");
        }
    }

    @Override
    public List<Integer> split(int total, int iterations) {
        return LargestRemainder.split(total, LargestRemainder.line(1, ratio, iterations));
    }
}
