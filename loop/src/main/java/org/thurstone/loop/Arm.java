package org.thurstone.loop;

import java.util.List;
import java.util.function.Function;

/**
 * An arm of the loop: the stages of the recipe itself or of a baseline.
 *
 * @param directory directory of its iterations, empty or with a slash at its end
 * @param title title in reports
 * @param stages the stages of each iteration, in order
 * @param policy selects the policy that an iteration ends with, and the next one starts from, from the iteration's outputs
 * @param numbered whether each iteration has its own directory, {@code iteration-2/}; false for an arm with a single iteration
 * @param <P> a policy
 */
public record Arm<P>(
        String directory,
        String title,
        int iterations,
        List<Stage<P, ?>> stages,
        Function<Iteration<P>, P> policy,
        boolean numbered) {

    /** An arm whose iterations have their own directories. */
    public Arm(
            String directory,
            String title,
            int iterations,
            List<Stage<P, ?>> stages,
            Function<Iteration<P>, P> policy) {
        this(directory, title, iterations, stages, policy, true);
    }

    /** Once, as training on given data is: the outputs of its stages are kept next to the recipe. */
    public static <P> Arm<P> once(String title, List<Stage<P, ?>> stages, Output<P> policy) {
        return new Arm<>("", title, 1, stages, i -> i.get(policy), false);
    }

    public Arm {
        stages = List.copyOf(stages);
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations must be at least 1");
        }
        if (!numbered && iterations > 1) {
            throw new IllegalArgumentException("several iterations need a directory each");
        }
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("\"" + title + "\" has no stages");
        }
    }
}
