package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.thurstone.data.UserError;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;
import org.thurstone.loop.run.Codec;

/** Records hashes of the inputs when the run starts, and refuses to resume with others. */
final class RecordInputs implements Stage<Path, Inputs> {

    static final Output<Inputs> INPUTS = new Output<>("inputs.json", Codec.json(Inputs.class));

    private final Inputs now;
    private final Path root;

    /** @param now what the inputs hold */
    RecordInputs(Inputs now, Path root) {
        this.now = now;
        this.root = root;
    }

    @Override
    public Output<Inputs> output() {
        return INPUTS;
    }

    @Override
    public Inputs run(Iteration<Path> iteration, Supplier<Path> directory) {
        return now;
    }

    /** @throws UserError if an input has changed since the run began */
    @Override
    public void kept(Iteration<Path> iteration, Inputs then) {
        String changed = String.join(", ", now.changedSince(then));
        if (!changed.isEmpty()) {
            throw new UserError("the inputs have changed since the run in " + root + " began: " + changed
                    + "; choose another --output, or delete it to start afresh");
        }
    }
}
