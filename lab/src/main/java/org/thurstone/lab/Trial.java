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
 * One try of a replication.
 *
 * @param seed all randomness comes from it
 * @param smoke whether it is the small version, of seconds
 * @param ablation what stands in the place of the method under test
 * @param shared where real data is, if it is anywhere
 */
public record Trial(long seed, boolean smoke, Ablation ablation, Optional<Path> shared, Progress progress) {

    /** The small version, with nobody watching. */
    public static Trial smoke(long seed) {
        return new Trial(seed, true, Ablation.ITSELF, Optional.empty(), Progress.SILENT);
    }

    /** The same with another seed, in full or small. */
    public Trial as(long otherSeed, boolean small) {
        return new Trial(otherSeed, small, ablation, shared, progress);
    }

    public Trial with(Ablation other) {
        return new Trial(seed, smoke, other, shared, progress);
    }

    public Trial withShared(Path data) {
        return new Trial(seed, smoke, ablation, Optional.of(data), progress);
    }

    /** One number for the full version, another one for the small. */
    public int of(int full, int small) {
        return smoke ? small : full;
    }

    /** A stream of its own for each seed of an experiment: the same for whatever is compared within a seed. */
    public SplittableGenerator random(String what, int index) {
        return new Seeds(seed).of(what + " " + index);
    }

    /** The loss under test, or what stands in its place, with the β that plain DPO would have here. */
    public Loss subject(Loss own, double beta) {
        return ablation.of(own, beta);
    }

    /** The method under test, or what stands in its place. */
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
                .orElseThrow(() -> new UserError("this replication needs the real data \"" + name
                        + "\", which is not here: set THURSTONE_SHARED to the folder that has it under data/"));
    }
}
