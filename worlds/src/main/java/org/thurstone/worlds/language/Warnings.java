package org.thurstone.worlds.language;

import java.util.Locale;
import java.util.Optional;
import org.thurstone.recipe.Default;

/**
 * Warnings of {@code train} and {@code run}: thresholds and messages.
 *
 * @param kl nats per completion from the reference
 * @param likelihood share by which the mean log-probability of chosen completions may fall
 * @param heldOutLoss share by which the held-out loss may rise from its lowest
 * @param distinct2 share of the initial policy's distinct-2 below which samples collapse
 * @param dropped share of rows that may be dropped
 */
public record Warnings(
        @Default("8") double kl,
        @Default("0.1") double likelihood,
        @Default("0.01") double heldOutLoss,
        @Default("0.5") double distinct2,
        @Default("0.1") double dropped) {

    /**
     * The policy is too far from where it started.
     *
     * @param when such as {@code after 2 epochs}
     * @param from what the distance is measured to, such as {@code the reference}
     * @param nats per completion; NaN where it was not measured
     */
    public Optional<Warning> kl(String when, String from, double nats) {
        return warning(
                nats > kl,
                Warning.Kind.KL,
                nats,
                kl,
                "%s the policy is %,.1f nats per completion from %s, above %s; lower training.learning-rate, train for fewer epochs, or raise the loss's beta"
                        .formatted(when, nats, from, number(kl)));
    }

    /**
     * What should become more likely becomes less likely.
     *
     * @param before mean log-probability in nats
     * @param after the same of the same completions later
     */
    public Optional<Warning> likelihood(String when, double before, double after) {
        double fall = (before - after) / Math.abs(before);
        return warning(
                fall > likelihood,
                Warning.Kind.LIKELIHOOD,
                fall,
                likelihood,
                "%s their mean log-probability has fallen from %,.1f to %,.1f nats, by %s %%; lower training.learning-rate, or add a likelihood term (such as the loss irpo)"
                        .formatted(when, before, after, percent(fall)));
    }

    /**
     * The held-out loss has risen from its lowest.
     *
     * @param bestAt when it was lowest, such as {@code after 1 epoch}
     * @param falling whether the training loss continued to fall
     */
    public Optional<Warning> heldOutLoss(String bestAt, double best, String when, double last, boolean falling) {
        double rise = (last - best) / Math.max(Math.abs(best), 1e-9);
        return warning(
                rise > heldOutLoss,
                Warning.Kind.HELD_OUT_LOSS,
                rise,
                heldOutLoss,
                "the held-out loss was lowest %s (%.3f) and has risen to %.3f %s%s; policy/ is the model with the lowest held-out loss. Train for fewer epochs, or lower training.learning-rate"
                        .formatted(
                                bestAt,
                                best,
                                last,
                                when,
                                falling ? ", while the training loss continued to fall" : ""));
    }

    /**
     * Samples repeat themselves.
     *
     * @param share distinct-2 as a share of the initial policy's
     */
    public Optional<Warning> distinct2(String when, double share) {
        return warning(
                share < distinct2,
                Warning.Kind.DISTINCT_2,
                share,
                distinct2,
                "%s distinct-2 is %.2f of the initial policy's, below %s; log-probabilities do not show this. Stop earlier, or lower training.learning-rate"
                        .formatted(when, share, number(distinct2)));
    }

    /**
     * Much of the data was not used.
     *
     * @param rows that were dropped
     * @param of how many there were
     * @param reason of most of them
     */
    public Optional<Warning> dropped(long rows, long of, String reason) {
        double share = (double) rows / Math.max(1, of);
        return warning(
                share > dropped,
                Warning.Kind.DROPPED,
                share,
                dropped,
                "%,d of %,d (%s %%), most of them because %s; the remaining rows may not be representative. Change the data or the setting that drops them"
                        .formatted(rows, of, percent(share), reason));
    }

    private static Optional<Warning> warning(
            boolean raised, Warning.Kind kind, double value, double threshold, String text) {
        return raised ? Optional.of(new Warning(kind, value, threshold, text)) : Optional.empty();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f", 100 * share);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
    }
}
