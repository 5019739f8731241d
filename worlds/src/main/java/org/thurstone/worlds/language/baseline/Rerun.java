package org.thurstone.worlds.language.baseline;

import java.util.Optional;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.online.OnlineMethod;

/**
 * The same loop from the same initial policy with the same number of labels, but with another acquisition, loss or method.
 *
 * @param acquisition of a loop that selects pairs
 * @param loss of a loop that selects pairs
 * @param method of an online run
 */
@Method(name = "rerun", kind = "baseline", summary = "the same loop with another acquisition, loss or online method")
public record Rerun(String title, Optional<Acquisition> acquisition, Optional<Loss> loss, Optional<OnlineMethod> method)
        implements Baseline {
    public Rerun {
        if (acquisition.isEmpty() && loss.isEmpty() && method.isEmpty()) {
            throw new IllegalArgumentException(
                    "a rerun changes the acquisition, the loss or both, or the online method");
        }
    }
}
