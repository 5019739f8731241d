package org.thurstone.train;

import java.util.Optional;

/**
 * Notices when training diverges: a loss or gradient that is not finite stops it at once; one that is a thousand times the mean of the first
 * twenty steps (plus 1, as a loss may start at zero), three steps in a row, as well; and a loss that stays above its {@link LossLimit}, which
 * a rate that is too high reaches within a few steps.
 */
final class DivergenceGuard {

    private static final int FIRST = 20;
    private static final int IN_A_ROW = 3;
    private static final double FACTOR = 1000;

    private final Optional<LossLimit> limit;
    private double losses;
    private double norms;
    private int seen;
    private int bad;
    private double start = Double.NaN;
    private int above;

    DivergenceGuard(Optional<LossLimit> limit) {
        this.limit = limit;
    }

    /** Whether the loss is where it may be: what is saved now is a good state. */
    boolean sound() {
        return above == 0;
    }

    /** Why training should stop, if it should. */
    Optional<String> check(double loss, double norm) {
        if (!Double.isFinite(loss)) {
            return Optional.of("the loss is " + loss);
        }
        if (!Double.isFinite(norm)) {
            return Optional.of("the gradient's norm is " + norm);
        }
        Optional<String> jumped = limit.flatMap(l -> jumped(l, loss));
        if (jumped.isPresent()) {
            return jumped;
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

    private Optional<String> jumped(LossLimit l, double loss) {
        if (Double.isNaN(start)) {
            start = loss;
        }
        above = loss > l.above(start) ? above + 1 : 0;
        return above < l.steps()
                ? Optional.empty()
                : Optional.of("for %d steps the loss has been above %.4g (now %.4g, at first %.4g)"
                        .formatted(above, l.above(start), loss, start));
    }

    double[] state() {
        return limit.isPresent()
                ? new double[] {losses, norms, seen, bad, start, above}
                : new double[] {losses, norms, seen, bad};
    }

    void restore(double[] state) {
        losses = state[0];
        norms = state[1];
        seen = (int) state[2];
        bad = (int) state[3];
        // States of earlier versions do not know where the loss began: it is taken from the next step.
        start = state.length > 4 ? state[4] : Double.NaN;
        above = state.length > 5 ? (int) state[5] : 0;
    }
}
