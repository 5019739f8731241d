package org.thurstone.feedback.acquisition;

import java.util.List;
import org.thurstone.recipe.Method;

/** The same number of labels in every iteration; a remainder is given to the first iterations. */
@Method(
        name = "constant",
        kind = "budget",
        papers = "2406.17312",
        source = "arXiv:2406.17312",
        summary = "the same number of labels in every iteration")
public record ConstantBudget() implements BudgetSplit {

    @Override
    public List<Integer> split(int total, int iterations) {
        return LargestRemainder.split(total, LargestRemainder.line(1, 1, iterations));
    }
}
