package org.thurstone.rank.pairs;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.thurstone.data.UserError;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Matrices;

/**
 * Newton's method with a line search. The log-likelihood is concave, so every step that the search accepts goes up and the end is the
 * maximum. Of strengths only differences within a group matter; without a prior the mean of each group is held at zero by adding to
 * the information a multiple of that mean's square, which moves no other direction.
 */
final class PairNewton {

    private static final int MOST_STEPS = 200;
    /** The error after a step is of the order of its square. */
    private static final double ENOUGH = 1e-7;
    /** The longest step, in logits. */
    private static final double LONGEST = 5;
    /** Effects and tie parameters beyond this, in logits, are on their way to infinity. */
    private static final double TOO_FAR = 25;
    /** Beyond this many unknowns a step is solved by conjugate gradients, with a matrix as sparse as the pairs. */
    private static final int MOST_DENSE = 1_000;

    private static final int MOST_DENSE_NEAR = 200;
    /** The first solutions need not be better than the quadratic approximation. */
    private static final double ROUGH = 1e-2;

    static final double EXACT = 1e-8;
    /** What is left of an error when the climb ends. */
    private static final double LEFT = 1e-13;

    private PairNewton() {}

    /** Whether matrices of these parameters are kept sparse. */
    static boolean sparse(PairLikelihood likelihood) {
        return likelihood.parameters() > MOST_DENSE;
    }

    /** The likelihood about a point. */
    private interface Local {
        double value();

        double[] gradient();

        /** Newton's step from here; at least so exact. */
        double[] move(double tolerance);
    }

    private interface Surface {
        Local at(double[] p);

        /** The climb goes on from the last point. */
        default void accept() {}
    }

    private record Dense(PairLikelihood likelihood, Groups groups) implements Surface {
        @Override
        public Local at(double[] p) {
            PairLikelihood.Point point = likelihood.at(p);
            return new Local() {
                @Override
                public double value() {
                    return point.value();
                }

                @Override
                public double[] gradient() {
                    return point.gradient();
                }

                @Override
                public double[] move(double tolerance) {
                    return Cholesky.of(held(point.information(), likelihood, groups))
                            .solve(point.gradient());
                }
            };
        }
    }

    /** Two arrays of edges are enough: of the point where the climb is, and of the one that is tried. */
    private static final class Sparse implements Surface {
        private final PairLikelihood likelihood;
        private final Groups groups;
        private float[] edges;
        private float[] tried;

        Sparse(PairLikelihood likelihood, Groups groups) {
            this.likelihood = likelihood;
            this.groups = groups;
            this.edges = new float[likelihood.cells().count()];
            this.tried = new float[likelihood.cells().count()];
        }

        @Override
        public Local at(double[] p) {
            PairLikelihood.Slope slope = likelihood.along(p, tried);
            return new Local() {
                @Override
                public double value() {
                    return slope.value();
                }

                @Override
                public double[] gradient() {
                    return slope.gradient();
                }

                @Override
                public double[] move(double tolerance) {
                    double[] move = slope.curvature().solve(slope.gradient(), 1, tolerance);
                    if (likelihood.prior().none()) {
                        groups.centre(move);
                    }
                    return move;
                }
            };
        }

        @Override
        public void accept() {
            float[] old = edges;
            edges = tried;
            tried = old;
        }
    }

    /** The maximum, from a start; a {@link UserError} where an effect has no finite value. */
    static double[] climb(PairLikelihood likelihood, Groups groups, double[] start) {
        return sparse(likelihood)
                ? climb(likelihood, new Sparse(likelihood, groups), start, ROUGH)
                : climb(likelihood, new Dense(likelihood, groups), start, 0);
    }

    /** The maximum from a start that is near it, so that few steps are needed and none is worth a dense matrix of some hundred items. */
    static double[] climbNear(PairLikelihood likelihood, Groups groups, double[] start) {
        return likelihood.parameters() > MOST_DENSE_NEAR
                ? climbSparse(likelihood, groups, start)
                : climb(likelihood, groups, start);
    }

    /** The same whatever the number of items, without a dense matrix. */
    static double[] climbSparse(PairLikelihood likelihood, Groups groups, double[] start) {
        return climb(likelihood, new Sparse(likelihood, groups), start, ROUGH);
    }

    /** @param rough the tolerance of the first solution; 0 where all are exact */
    private static double[] climb(PairLikelihood likelihood, Surface surface, double[] start, double rough) {
        double[] p = start.clone();
        Local point = surface.at(p);
        surface.accept();
        double tolerance = rough;
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] move;
            try {
                move = point.move(tolerance);
            } catch (ArithmeticException e) {
                throw unidentified(likelihood, p, e);
            }
            double size = Arrays.stream(move).map(Math::abs).max().orElse(0);
            // Of the quadratic approximation, and of the solution.
            double error = size * size + size * tolerance;
            if (rough == 0 ? size < ENOUGH : error < LEFT) {
                add(p, 1, move);
                return p;
            }
            tolerance = rough == 0 ? 0 : Math.max(Math.min(rough, error), LEFT / error);
            double promise = Matrices.dot(point.gradient(), move);
            // Among many items that gain, the value does not notice one that is sent to where its battles determine
            // nothing.
            double rate = Math.min(1, LONGEST / size);
            double[] next = moved(p, rate, move);
            // Most full steps are taken: what is worked out to judge one is where the next begins.
            Local there = surface.at(next);
            // Rounding hides gains of 1e-12 of the value; there a full Newton step is right.
            double slack = 1e-12 * Math.abs(point.value());
            while (!(there.value() >= point.value() + 1e-4 * rate * promise - slack) && rate > 1e-10) {
                rate /= 2;
                next = moved(p, rate, move);
                there = surface.at(next);
            }
            p = next;
            point = there;
            surface.accept();
            for (int extra = likelihood.items(); extra < p.length; extra++) {
                if (Math.abs(p[extra]) > TOO_FAR * spread(likelihood, extra)) {
                    throw unidentified(likelihood, p, new ArithmeticException("it grows without end"));
                }
            }
        }
        throw new UserError("the fit does not converge after " + MOST_STEPS
                + " steps: the votes hardly determine it; give the model a prior, such as --set ridge=0.1");
    }

    /** Multiplies by the inverse of the information at a maximum; without a prior, vectors sum to zero over the items of each group. */
    static UnaryOperator<double[]> inverse(PairFit fit) {
        PairLikelihood likelihood = fit.likelihood();
        if (sparse(likelihood)) {
            PairCurvature curvature = likelihood
                    .along(fit.parameters(), new float[likelihood.cells().count()])
                    .curvature();
            return vector -> curvature.solve(vector, 1, EXACT);
        }
        return Cholesky.of(held(likelihood.at(fit.parameters()).information(), likelihood, fit.groups()))::solve;
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
        double most = largest(likelihood, which);
        return most > 0 ? Math.max(1, 1 / most) : 1;
    }

    private static double largest(PairLikelihood likelihood, int covariate) {
        double most = 0;
        double[] values = likelihood.cells().values();
        for (int c = covariate;
                c < values.length;
                c += likelihood.cells().covariates().size()) {
            most = Math.max(most, Math.abs(values[c]));
        }
        return most;
    }

    private static UserError unidentified(PairLikelihood likelihood, double[] p, ArithmeticException e) {
        int k = likelihood.cells().covariates().size();
        for (int which = 0; which < k; which++) {
            if (largest(likelihood, which) == 0) {
                return new UserError(
                        "\"" + likelihood.cells().covariates().get(which)
                                + "\" is 0 in every battle, so that it has no effect that could be estimated; leave it out",
                        e);
            }
        }
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
}
