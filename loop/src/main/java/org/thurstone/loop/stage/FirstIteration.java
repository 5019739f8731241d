package org.thurstone.loop.stage;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;

/**
 * One stage in the first iteration, which all arms share, and another one in later iterations: arms that differ in how they choose pairs may so
 * begin with the same random labels.
 *
 * @param first depends on the start alone, as do the stages before it
 * @param then makes the same output
 * @param <P> a policy
 * @param <T> what they make
 */
public record FirstIteration<P, T>(Stage<P, T> first, Stage<P, T> then) implements Stage<P, T> {

    public FirstIteration {
        if (!first.output().equals(then.output())) {
            throw new IllegalArgumentException(
                    first.output().name() + " and " + then.output().name() + " are different outputs");
        }
    }

    /** A stage that does the same in each iteration, whose first output all arms share. */
    public static <P, T> FirstIteration<P, T> shared(Stage<P, T> stage) {
        return new FirstIteration<>(stage, stage);
    }

    @Override
    public Output<T> output() {
        return first.output();
    }

    @Override
    public boolean dependsOnStartOnly() {
        return true;
    }

    @Override
    public T run(Iteration<P> iteration, Supplier<Path> directory) {
        return (iteration.number() == 1 ? first : then).run(iteration, directory);
    }

    @Override
    public void kept(Iteration<P> iteration, T output) {
        (iteration.number() == 1 ? first : then).kept(iteration, output);
    }
}
