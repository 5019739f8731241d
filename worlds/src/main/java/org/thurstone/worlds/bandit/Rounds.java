package org.thurstone.worlds.bandit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Loop;
import org.thurstone.loop.Output;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Stage;
import org.thurstone.loop.run.Codec;
import org.thurstone.loop.run.MemoryWorkspace;
import org.thurstone.loop.run.Seeds;

/**
 * Iterations of the loop in memory, for policies that are a few numbers and stages that have randomness of their own.
 *
 * @param policy what an iteration ends with
 * @param <P> a policy
 */
public record Rounds<P>(Output<P> policy, List<Stage<P, ?>> stages) {

    public Rounds {
        stages = List.copyOf(stages);
    }

    /** Rounds of these stages, in order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the list is a copy
    public static <P> Rounds<P> of(Output<P> policy, Stage<P, ?>... stages) {
        return new Rounds<>(policy, List.of(stages));
    }

    /** What a stage makes; it is kept in memory only. */
    public static <T> Output<T> output(String name, Class<T> type) {
        return new Output<>(name, Codec.json(type));
    }

    /** A stage of one line. */
    public static <P, T> Stage<P, T> stage(Output<T> output, Function<Iteration<P>, T> compute) {
        record Computed<P, T>(Output<T> output, Function<Iteration<P>, T> compute) implements Stage<P, T> {
            @Override
            public T run(Iteration<P> iteration, Supplier<Path> directory) {
                return compute.apply(iteration);
            }
        }
        return new Computed<>(output, compute);
    }

    /** All iterations, each with what its stages have made. */
    public List<Iteration<P>> iterations(int count, P start) {
        Arm<P> arm = new Arm<>("", policy.name(), count, stages, i -> i.get(policy));
        return new Loop<P>(new MemoryWorkspace(), new Seeds(0), Progress.SILENT).run(arm, start);
    }

    /** The policy at the start and after each iteration, (count + 1). */
    public List<P> policies(int count, P start) {
        List<P> policies = new ArrayList<>(List.of(start));
        if (count > 0) {
            iterations(count, start).forEach(i -> policies.add(i.get(policy)));
        }
        return policies;
    }
}
