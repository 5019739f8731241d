package org.thurstone.feedback.acquisition;

import java.util.List;

/** The same number of labels in every iteration; what does not divide goes to the first ones. */
public record ConstantBudget() implements BudgetSplit {

    @Override
    public List<Integer> split(int total, int iterations) {
        return LargestRemainder.split(total, LargestRemainder.line(1, 1, iterations));
    }
}
