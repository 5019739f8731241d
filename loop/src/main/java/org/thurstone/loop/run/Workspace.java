package org.thurstone.loop.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Stores the outputs of stages. An output is computed once: what is there is read, and what a stage has computed is read back, so that
 * a resumed run continues with exactly the values of an uninterrupted one.
 */
public interface Workspace {

    /** Whether there is an output of this name. */
    boolean has(String name);

    /**
     * The output of a stage.
     *
     * @param compute gets a supplier of an empty directory, made when it is asked for; for a {@link Codec.Directory} what it has written there
     *     is the output
     */
    <T> T output(String name, Codec<T> codec, Function<Supplier<Path>, T> compute);

    /**
     * The output of a stage that computes it in parts. Finished parts outlive a kill; the one in progress is computed again.
     *
     * @param count of parts
     * @param part the elements of a part, by its index; none of them may be told apart by when it was computed
     */
    <E> List<E> parts(String name, Class<E> type, int count, IntFunction<List<E>> part);
}
