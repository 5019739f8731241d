package org.thurstone.data.content;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Content;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * A trajectory in an environment: states, and the action taken in each. Only the last step may have no action.
 *
 * @param steps in order; the states have one dimension, and so have the actions
 */
@Method(
        name = "trajectory",
        kind = "content",
        summary = "states and the action taken in each, with rewards where they are known")
public record Trajectory(List<Step> steps) implements Content {

    /**
     * A state and what was done in it.
     *
     * @param state finite numbers; the index alone where states are counted
     * @param action finite numbers; the index alone where actions are counted
     * @param reward of the environment for this action, finite
     */
    public record Step(List<Double> state, @Default("[]") List<Double> action, OptionalDouble reward) {
        public Step {
            state = List.copyOf(state);
            action = List.copyOf(action);
            if (state.isEmpty() || !finite(state)) {
                throw new IllegalArgumentException("a state is one finite number or more, not " + state);
            }
            if (!finite(action)) {
                throw new IllegalArgumentException("an action is finite numbers, not " + action);
            }
            if (reward.isPresent() && !Double.isFinite(reward.getAsDouble())) {
                throw new IllegalArgumentException("a reward is a finite number, not " + reward.getAsDouble());
            }
        }

        private static boolean finite(List<Double> numbers) {
            return numbers.stream().allMatch(Double::isFinite);
        }
    }

    public Trajectory {
        steps = List.copyOf(steps);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean end = i == steps.size() - 1 && step.action.isEmpty();
            if (step.state.size() != steps.getFirst().state.size()
                    || (step.action.size() != steps.getFirst().action.size() && !end)) {
                throw new IllegalArgumentException(
                        "step %d has %d numbers of state and %d of action, and step 1 has %d and %d"
                                .formatted(
                                        i + 1,
                                        step.state.size(),
                                        step.action.size(),
                                        steps.getFirst().state.size(),
                                        steps.getFirst().action.size()));
            }
            if (step.action.isEmpty() && !end) {
                throw new IllegalArgumentException("step " + (i + 1) + " has no action; only the last of the "
                        + steps.size() + " steps may have none");
            }
        }
    }

    /** {@code 3 steps from [0.0, 1.0] to [2.0, 1.0], reward 1.5}. */
    @Override
    public Optional<String> summary() {
        if (steps.isEmpty()) {
            return Optional.of("0 steps");
        }
        double reward = steps.stream().mapToDouble(s -> s.reward.orElse(0)).sum();
        boolean rewarded = steps.stream().anyMatch(s -> s.reward.isPresent());
        return Optional.of(steps.size() + (steps.size() == 1 ? " step" : " steps") + " from " + steps.getFirst().state
                + " to " + steps.getLast().state + (rewarded ? ", reward " + reward : ""));
    }
}
