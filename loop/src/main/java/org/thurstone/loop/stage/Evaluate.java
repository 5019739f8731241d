package org.thurstone.loop.stage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Round;
import org.thurstone.loop.Stage;
import org.thurstone.loop.World;

/**
 * Evaluates the iteration's policy on the held-out prompts.
 *
 * @param policy output of the policy that an iteration ends with
 * @param labels number of labels that an iteration asked for
 * @param random generator of the evaluation, the same for every policy
 * @param <P> a policy
 */
public record Evaluate<P>(
        World<P> world,
        Function<Iteration<P>, P> policy,
        ToIntFunction<Iteration<P>> labels,
        Supplier<SplittableGenerator> random)
        implements Stage<P, Round> {

    @Override
    public Output<Round> output() {
        return Outputs.ROUND;
    }

    @Override
    public Round run(Iteration<P> iteration, Supplier<Path> directory) {
        Optional<Selection> selection = iteration.find(Outputs.SELECTION);
        return new Round(
                iteration.number(),
                labels.applyAsInt(iteration),
                selection.map(Selection::candidates).orElse(0),
                selection.map(Selection::lucky).orElse(OptionalDouble.empty()),
                world.evaluate(policy.apply(iteration), Optional.of(iteration.start()), random.get()),
                iteration.seconds());
    }
}
