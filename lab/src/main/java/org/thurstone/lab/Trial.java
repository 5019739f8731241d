package org.thurstone.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.UserError;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.online.OnlineMethod;

/**
 * One run of a replication.
 *
 * @param seed the random seed; all randomness comes from it
 * @param smoke whether it is the smoke version, which takes seconds
 * @param ablation what replaces the method under test
 * @param shared the directory of real data, if there is one
 */
public record Trial(long seed, boolean smoke, Ablation ablation, Optional<Path> shared, Progress progress) {

    /** The smoke version, without progress output. */
    public static Trial smoke(long seed) {
        return new Trial(seed, true, Ablation.ITSELF, Optional.empty(), Progress.SILENT);
    }

    /** The same with another seed, as the full or the smoke version. */
    public Trial as(long otherSeed, boolean small) {
        return new Trial(otherSeed, small, ablation, shared, progress);
    }

    public Trial with(Ablation other) {
        return new Trial(seed, smoke, other, shared, progress);
    }

    public Trial withShared(Path data) {
        return new Trial(seed, smoke, ablation, Optional.of(data), progress);
    }

    /** The first number in the full version, the second in the smoke version. */
    public int of(int full, int small) {
        return smoke ? small : full;
    }

    /** A separate random stream per seed of an experiment: the same for all arms that are compared within a seed. */
    public SplittableGenerator random(String what, int index) {
        return new Seeds(seed).of(what + " " + index);
    }

    /** The loss under test, or its ablation, with the β that plain DPO would have here. */
    public Loss subject(Loss own, double beta) {
        return ablation.of(own, beta);
    }

    /** The method under test, or its ablation. */
    public OnlineMethod subject(OnlineMethod own, double beta) {
        return ablation.of(own, beta);
    }

    /**
     * Something for each seed.
     *
     * @param what shown as progress
     */
    public <T> List<T> seeds(int count, String what, Function<SplittableGenerator, T> once) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            progress.step(what, i, count, "");
            all.add(once.apply(random(what, i)));
        }
        progress.step(what, count, count, "");
        return all;
    }

    /**
     * Does something for each seed, in order.
     *
     * @param what shown as progress
     */
    public void each(int count, String what, Consumer<SplittableGenerator> once) {
        seeds(count, what, random -> {
            once.accept(random);
            return what;
        });
    }

    /** Real data, or a message that says that it is missing. */
    public Path data(String name) {
        return shared.map(s -> s.resolve("data").resolve(name))
                .filter(Files::exists)
                .orElseThrow(
                        () -> new UserError(
                                "this replication needs the real data \"" + name
                                        + "\", which is not here: set THURSTONE_SHARED to the directory that has it under data/ (default: ../shared)"));
    }
}
