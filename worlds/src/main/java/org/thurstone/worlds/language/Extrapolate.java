package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;
import org.thurstone.worlds.language.extrapolation.Extrapolation;

/**
 * Extrapolates an iteration's policy beyond the trained one.
 *
 * @param estimate output of the trained policy of an iteration
 */
record Extrapolate(ModelTrainer learning, Extrapolation way, Function<Iteration<Path>, Path> estimate)
        implements Stage<Path, Path> {

    @Override
    public Output<Path> output() {
        return Checkpoints.POLICY;
    }

    @Override
    public Path run(Iteration<Path> iteration, Supplier<Path> directory) {
        Path into = directory.get();
        Path before = iteration.previous().map(estimate).orElse(iteration.start());
        learning.extrapolate(estimate.apply(iteration), before, way, into);
        return into;
    }
}
