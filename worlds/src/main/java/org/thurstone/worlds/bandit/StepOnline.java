package org.thurstone.worlds.bandit;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;
import org.thurstone.train.online.EncodedPrompt;
import org.thurstone.train.online.Online;
import org.thurstone.train.online.Policies;

/**
 * Runs an online method in the loop, with one step per iteration. The policy that is trained lives in the method; what the loop stores are its
 * probabilities.
 *
 * @param policies for a step, with the iterates so far
 * @param random each step splits one off
 * @param read what is known of the policy after a step
 * @param <P> what is known of a policy
 */
public record StepOnline<P>(
        Output<P> output,
        Online online,
        Function<Iteration<P>, Policies> policies,
        List<EncodedPrompt> prompts,
        SplittableGenerator random,
        Supplier<P> read)
        implements Stage<P, P> {

    @Override
    public P run(Iteration<P> iteration, Supplier<Path> directory) {
        online.step(policies.apply(iteration), prompts, random.split());
        return read.get();
    }

    /** What is known at the start and after each step, (steps + 1). */
    public List<P> play(int steps) {
        return Rounds.of(output, this).policies(steps, read.get());
    }
}
