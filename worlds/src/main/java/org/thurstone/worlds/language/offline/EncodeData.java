package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;
import org.thurstone.loop.run.Codec;

/** Tokenises the data and stores the counts. */
record EncodeData(StartingPoint start) implements Stage<Path, OfflineData.Counts> {

    static final Output<OfflineData.Counts> COUNTS = new Output<>("data.json", Codec.json(OfflineData.Counts.class));

    @Override
    public Output<OfflineData.Counts> output() {
        return COUNTS;
    }

    @Override
    public OfflineData.Counts run(Iteration<Path> iteration, Supplier<Path> directory) {
        return start.data().counts();
    }
}
