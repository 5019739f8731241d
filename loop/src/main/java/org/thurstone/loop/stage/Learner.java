package org.thurstone.loop.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.thurstone.data.Example;
import org.thurstone.loop.Iteration;

/**
 * Trains the next policy on examples.
 *
 * @param <P> a policy
 */
@FunctionalInterface
public interface Learner<P> {

    /**
     * Learns, starting from the iteration's current policy.
     *
     * @param iteration with the policies so far, for references
     * @param directory where a policy that is kept in a directory is to be written
     */
    P learn(Iteration<P> iteration, List<? extends Example> data, Supplier<Path> directory);
}
