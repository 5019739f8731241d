package org.thurstone.feedback.acquisition;

import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * More labels late, in equal steps: ratio 3 over three iterations is 1 : 2 : 3.
 *
 * @param ratio the last iteration's labels over the first's, at least 1
 */
@Method(
        name = "increasing",
        kind = "budget",
        papers = "2406.17312",
        source = "arXiv:2406.17312",
        summary = "more labels late, in equal steps")
public record IncreasingBudget(@Default("3") double ratio) implements BudgetSplit {

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
