package org.thurstone.loop.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thurstone.data.Comparison;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;

/**
 * Trains on the comparisons.
 *
 * @param output the output under which the policy is stored
 * @param memory whether the comparisons of earlier iterations are trained on as well
 * @param <P> a policy
 */
public record Learn<P>(Output<P> output, Learner<P> learner, boolean memory) implements Stage<P, P> {

    @Override
    public P run(Iteration<P> iteration, Supplier<Path> directory) {
        Stream<Iteration<P>> before = memory ? iteration.before().stream() : Stream.of();
        List<Comparison> all = Stream.concat(before, Stream.of(iteration))
                .flatMap(i -> i.get(Outputs.COMPARISONS).stream())
                .toList();
        return learner.learn(iteration, all, directory);
    }
}
