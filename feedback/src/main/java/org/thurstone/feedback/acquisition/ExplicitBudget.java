package org.thurstone.feedback.acquisition;

import java.util.List;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Method;

/**
 * The number of labels of each iteration, as listed.
 *
 * @param labels one number per iteration, each at least 0, whose sum is the run's total
 */
@Method(
        name = "explicit",
        kind = "budget",
        papers = "2406.17312",
        source = "arXiv:2406.17312",
        summary = "the labels of each iteration as listed")
public record ExplicitBudget(List<Integer> labels) implements BudgetSplit {

    public ExplicitBudget {
        labels = List.copyOf(labels);
        if (labels.isEmpty() || labels.stream().anyMatch(each -> each < 0)) {
            throw new IllegalArgumentException(
                    "labels " + labels + " must be one number for each iteration, each at least 0");
        }
    }

    @Override
    public List<Integer> split(int total, int iterations) {
        long sum = labels.stream().mapToLong(Integer::longValue).sum();
        if (labels.size() != iterations || sum != total) {
            throw new UserError(
                    "the budget lists %d iterations with %d labels in all, but the run has %d iterations and %d labels"
                            .formatted(labels.size(), sum, iterations, total));
        }
        return labels;
    }
}
