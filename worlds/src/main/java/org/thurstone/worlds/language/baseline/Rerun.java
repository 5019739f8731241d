package org.thurstone.worlds.language.baseline;

import java.util.Optional;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.online.OnlineMethod;

/**
 * The same loop from the same initial policy with the same number of labels, but with another pairing, acquisition, loss or method.
 *
 * @param pairing of a loop that selects pairs
 * @param acquisition of a loop that selects pairs
 * @param loss of a loop that selects pairs
 * @param method of an online run
 */
@Method(
        name = "rerun",
        kind = "baseline",
        summary = "the same loop with another pairing, acquisition, loss or online method")
public record Rerun(
        String title,
        Optional<Pairing> pairing,
        Optional<Acquisition> acquisition,
        Optional<Loss> loss,
        Optional<OnlineMethod> method)
        implements Baseline {
    public Rerun {
        if (pairing.isEmpty() && acquisition.isEmpty() && loss.isEmpty() && method.isEmpty()) {
            throw new IllegalArgumentException(
                    "a rerun changes the pairing, the acquisition or the loss, or the online method");
        }
    }
}
