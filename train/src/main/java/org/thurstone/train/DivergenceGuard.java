package org.thurstone.train;

import java.util.Optional;

/**
 * Notices when training diverges: a loss or gradient that is not finite stops it at once; one that is a thousand times the mean of the first
 * twenty steps (plus 1, as a loss may start at zero), three steps in a row, as well.
 */
final class DivergenceGuard {

    private static final int FIRST = 20;
    private static final int IN_A_ROW = 3;
    private static final double FACTOR = 1000;

    private double losses;
    private double norms;
    private int seen;
    private int bad;

    /** Why training should stop, if it should. */
    Optional<String> check(double loss, double norm) {
        if (!Double.isFinite(loss)) {
            return Optional.of("the loss is " + loss);
        }
        if (!Double.isFinite(norm)) {
            return Optional.of("the gradient's norm is " + norm);
        }
        if (seen < FIRST) {
            seen++;
            losses += Math.abs(loss);
            norms += norm;
            return Optional.empty();
        }
        double usualLoss = losses / seen;
        double usualNorm = norms / seen;
        boolean away = Math.abs(loss) > FACTOR * (usualLoss + 1) || norm > FACTOR * (usualNorm + 1);
        bad = away ? bad + 1 : 0;
        return bad < IN_A_ROW
                ? Optional.empty()
                : Optional.of(
                        "for %d steps the loss (now %.3g, at first %.3g) or the gradient's norm (now %.3g, at first %.3g) has been far too large"
                                .formatted(IN_A_ROW, loss, usualLoss, norm, usualNorm));
    }

    double[] state() {
        return new double[] {losses, norms, seen, bad};
    }

    void restore(double[] state) {
        losses = state[0];
        norms = state[1];
        seen = (int) state[2];
        bad = (int) state[3];
    }
}
