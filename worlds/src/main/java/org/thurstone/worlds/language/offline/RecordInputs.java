package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Stage;
import org.thurstone.worlds.language.Inputs;

/** Records hashes of the inputs when the run starts, and refuses to resume with others. */
final class RecordInputs implements Stage<Path, Inputs> {

    static final Output<Inputs> INPUTS = new Output<>(Inputs.FILE, Inputs.CODEC);

    private final Inputs now;
    private final Path root;
    private final Progress progress;

    /** @param now what the inputs hold */
    RecordInputs(Inputs now, Path root, Progress progress) {
        this.now = now;
        this.root = root;
        this.progress = progress;
    }

    @Override
    public Output<Inputs> output() {
        return INPUTS;
    }

    @Override
    public Inputs run(Iteration<Path> iteration, Supplier<Path> directory) {
        return now;
    }

    /** @throws org.thurstone.data.UserError if an input has changed since the run began */
    @Override
    public void kept(Iteration<Path> iteration, Inputs then) {
        now.checkSince(then, root, progress);
    }
}
