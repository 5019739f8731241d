package org.thurstone.feedback.acquisition;

import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * More labels early, which arXiv:2406.17312 found best. The paper does not state its ratios; here they fall in equal steps, so that ratio 3 over
 * three iterations is 3 : 2 : 1.
 *
 * @param ratio the first iteration's labels over the last's, at least 1
 */
@Method(
        name = "decreasing",
        kind = "budget",
        papers = "2406.17312",
        source = "arXiv:2406.17312",
        summary = "more labels early, in equal steps")
public record DecreasingBudget(@Default("3") double ratio) implements BudgetSplit {

    public DecreasingBudget {
        if (!(ratio >= 1) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException("ratio " + ratio + " must be a finite number of at least 1");
        }
    }

    @Override
    public List<Integer> split(int total, int iterations) {
        return LargestRemainder.split(total, LargestRemainder.line(ratio, 1, iterations));
    }
}
