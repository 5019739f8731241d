package org.thurstone.loop;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.thurstone.loop.run.Workspace;

/**
 * A named step of an iteration. It computes one output from the outputs of earlier stages, and derives its randomness from the iteration's seeds and
 * its own name, so that it can be computed again with the same result. The loop stores outputs; a stage has no state.
 *
 * @param <P> a policy
 * @param <T> the type of its output
 */
public interface Stage<P, T> {

    Output<T> output();

    /**
     * Computes the output. Answers that it uses are {@linkplain org.thurstone.elicit.Inquiry#close closed} before it returns.
     *
     * @param directory an empty directory, made when asked for, for outputs that are directories
     * @throws org.thurstone.elicit.Parked if it waits for answers; it is run again when the run is
     */
    T run(Iteration<P> iteration, Supplier<Path> directory);

    /** Whether the first iteration's output depends on the initial policy alone: all arms then share it. */
    default boolean dependsOnStartOnly() {
        return false;
    }

    /** The output under a name of the workspace: what is kept there, else what {@link #run} computes. */
    default T keep(Workspace workspace, String name, Iteration<P> iteration) {
        return workspace.output(name, output().codec(), directory -> run(iteration, directory));
    }

    /** Called once the output is kept, again after each resume. */
    default void kept(Iteration<P> iteration, T output) {}

    /**
     * A stage that makes a list part by part; finished parts outlive a kill.
     *
     * @param <E> an element
     */
    interface InParts<P, E> extends Stage<P, List<E>> {

        Class<E> type();

        /** The number of parts. */
        int parts(Iteration<P> iteration);

        /** One part, by its index. */
        List<E> part(Iteration<P> iteration, int index);

        @Override
        default List<E> keep(Workspace workspace, String name, Iteration<P> iteration) {
            return workspace.parts(name, type(), parts(iteration), index -> part(iteration, index));
        }

        @Override
        default List<E> run(Iteration<P> iteration, Supplier<Path> directory) {
            return IntStream.range(0, parts(iteration))
                    .boxed()
                    .flatMap(i -> part(iteration, i).stream())
                    .toList();
        }
    }
}
