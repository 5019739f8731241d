package org.thurstone.loop.control;

import java.util.Optional;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Loss;

/** The same loop from the same start with as many labels, but another way to choose them or to learn from them. */
@Method(name = "rerun", kind = "control", summary = "the same loop with another acquisition or loss")
public record Rerun(String title, Optional<Acquisition> acquisition, Optional<Loss> loss) implements Control {
    public Rerun {
        if (acquisition.isEmpty() && loss.isEmpty()) {
            throw new IllegalArgumentException("a rerun changes the acquisition, the loss or both");
        }
    }
}
