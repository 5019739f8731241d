package org.thurstone.loop.stage;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;

/**
 * Trains on the judge's scores of the sampled completions, without comparisons: for losses over lists and over scored completions.
 *
 * @param output what the policy is kept as
 * @param <P> a policy
 */
public record LearnFromRatings<P>(Output<P> output, Learner<P> learner) implements Stage<P, P> {

    @Override
    public P run(Iteration<P> iteration, Supplier<Path> directory) {
        return learner.learn(iteration, iteration.get(Outputs.RATINGS), directory);
    }
}
