package org.thurstone.rank.pairs;

import java.util.Arrays;
import org.thurstone.data.UserError;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.linear.Cholesky;

/**
 * Newton's method with a line search. The log-likelihood is concave, so every step that the search accepts goes up and the end is the
 * maximum. Of strengths only differences within a group matter; without a prior the mean of each group is held at zero by adding to
 * the information a multiple of that mean's square, which moves no other direction.
 */
final class PairNewton {

    private static final int MOST_STEPS = 200;
    /** The error after a step is of the order of its square. */
    private static final double ENOUGH = 1e-7;
    /** Of a step, in logits. */
    private static final double LONGEST = 5;
    /** Effects and tie parameters beyond this, in logits, are on their way to infinity. */
    private static final double TOO_FAR = 25;
    /** A dense matrix beyond this many unknowns is no longer a matter of seconds, nor of a few hundred megabytes. */
    private static final int MOST_PARAMETERS = 12_000;

    private PairNewton() {}

    /** The maximum, from a start; a {@link UserError} where an effect has no finite value. */
    static double[] climb(PairLikelihood likelihood, Groups groups, double[] start) {
        if (likelihood.parameters() > MOST_PARAMETERS) {
            throw new UserError(likelihood.items() + " items are more than Newton's method takes here (about "
                    + MOST_PARAMETERS + "); use solver: mm, without intervals or with a bootstrap");
        }
        double[] p = start.clone();
        PairLikelihood.Point point = likelihood.at(p);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] move;
            try {
                move = Cholesky.of(held(point.information(), likelihood, groups))
                        .solve(point.gradient());
            } catch (ArithmeticException e) {
                throw unidentified(likelihood, p, e);
            }
            double size = Arrays.stream(move).map(Math::abs).max().orElse(0);
            if (size < ENOUGH) {
                add(p, 1, move);
                return p;
            }
            double promise = dot(point.gradient(), move);
            // Among many items that gain, the value does not notice one that is sent to where its battles determine
            // nothing.
            double rate = Math.min(1, LONGEST / size);
            double[] next = moved(p, rate, move);
            // Most full steps are taken: what is worked out to judge one is where the next begins.
            PairLikelihood.Point there = likelihood.at(next);
            // Rounding hides gains of 1e-12 of the value; there a full Newton step is right.
            double slack = 1e-12 * Math.abs(point.value());
            while (!(there.value() >= point.value() + 1e-4 * rate * promise - slack) && rate > 1e-10) {
                rate /= 2;
                next = moved(p, rate, move);
                there = likelihood.at(next);
            }
            p = next;
            point = there;
            for (int extra = likelihood.items(); extra < p.length; extra++) {
                if (Math.abs(p[extra]) > TOO_FAR * spread(likelihood, extra)) {
                    throw unidentified(likelihood, p, new ArithmeticException("it grows without end"));
                }
            }
        }
        throw new UserError("the fit does not converge after " + MOST_STEPS
                + " steps: the votes hardly determine it; give the model a prior, such as --set ridge=0.1");
    }

    /** The information made definite; with a prior it already is. */
    static double[][] held(double[][] information, PairLikelihood likelihood, Groups groups) {
        return likelihood.prior().none() ? groups.hold(information) : information;
    }

    /** In what a covariate's unit is, how much of it makes one logit. */
    private static double spread(PairLikelihood likelihood, int parameter) {
        int k = likelihood.cells().covariates().size();
        int which = parameter - likelihood.items();
        if (which >= k) {
            return 1;
        }
        double most = 0;
        double[] values = likelihood.cells().values();
        for (int c = which; c < values.length; c += k) {
            most = Math.max(most, Math.abs(values[c]));
        }
        return most > 0 ? Math.max(1, 1 / most) : 1;
    }

    private static UserError unidentified(PairLikelihood likelihood, double[] p, ArithmeticException e) {
        int k = likelihood.cells().covariates().size();
        int worst = likelihood.items();
        for (int extra = likelihood.items(); extra < p.length; extra++) {
            if (Math.abs(p[extra]) > Math.abs(p[worst])) {
                worst = extra;
            }
        }
        String what = worst >= p.length
                ? "the strengths of the items"
                : worst - likelihood.items() < k
                        ? "the effect of \"" + likelihood.cells().covariates().get(worst - likelihood.items()) + "\""
                        : "the tie probability";
        return new UserError(
                "the votes do not determine " + what
                        + ": it decides every battle, or it depends on which items met; leave it out, or give more"
                        + " votes",
                e);
    }

    private static double[] moved(double[] p, double rate, double[] move) {
        double[] next = p.clone();
        add(next, rate, move);
        return next;
    }

    private static void add(double[] p, double rate, double[] move) {
        for (int i = 0; i < p.length; i++) {
            p[i] += rate * move[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
