package org.thurstone.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.UserError;

/** Thrown when training diverged; the parameters are those before the step. */
public final class Diverged extends UserError {

    private static final long serialVersionUID = 1;

    private final long step;
    private final transient List<String> examples;

    Diverged(String what, long step, List<String> examples, Optional<Path> lastGood) {
        super("training stopped at step " + step + ": " + what + ". "
                + (examples.isEmpty() ? "" : "The batch that caused it: " + shown(examples) + ". ")
                + lastGood.map(p -> "The last good checkpoint is " + p + ".").orElse("There is no checkpoint yet.")
                + (examples.isEmpty()
                        ? " Lower the learning rate; if the loss is expected to rise this far, raise training.loss-limit.factor"
                        : " Check those examples; if they are valid, lower the learning rate or the loss's beta"));
        this.step = step;
        this.examples = List.copyOf(examples);
    }

    /** From 1. */
    public long step() {
        return step;
    }

    /** The ids of the examples that did it: those whose loss is not finite, or all of the batch; empty if it took several steps. */
    public List<String> examples() {
        return examples;
    }

    private static String shown(List<String> ids) {
        int most = 12;
        return String.join(", ", ids.subList(0, Math.min(most, ids.size())))
                + (ids.size() > most ? " and " + (ids.size() - most) + " more" : "");
    }
}
