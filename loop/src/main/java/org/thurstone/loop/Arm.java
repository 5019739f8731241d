package org.thurstone.loop;

import java.util.List;
import java.util.function.Function;

/**
 * One way round the loop: the recipe's own, or a baseline's.
 *
 * @param directory where its iterations are kept, empty or with a slash at its end
 * @param title for people
 * @param stages of each iteration, in order
 * @param policy what an iteration ends with, and the next one starts from, among what its stages have made
 * @param <P> a policy
 */
public record Arm<P>(
        String directory, String title, int iterations, List<Stage<P, ?>> stages, Function<Iteration<P>, P> policy) {

    public Arm {
        stages = List.copyOf(stages);
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations must be at least 1");
        }
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("\"" + title + "\" has no stages");
        }
    }
}
