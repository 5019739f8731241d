package org.thurstone.rank.agreement;

import java.util.Arrays;
import org.thurstone.statistics.Logistic;

/**
 * True labels, annotators' ability and items' difficulty (Whitehill and others 2009): an annotator is right with probability σ(α·β), and where
 * wrong gives any other label with equal probability. Ability α is negative for an annotator who is wrong more often than right; β = e^b is large
 * where an item is easy. Normal priors with mean 1 and variance 1 on α and b, as the authors' program has them.
 *
 * @param posterior of each item's true label, items × categories
 * @param ability α by annotator
 * @param easiness b = log β by item
 */
public record Glad(double[][] posterior, double[] ability, double[] easiness, double logPosterior, int iterations) {

    private static final int MOST_ITERATIONS = 300;
    private static final double NEAR = 1e-8;
    private static final double STEP = 1e-7;

    /** Fits the model by expectation–maximisation; the maximisation climbs abilities and easinesses in turn, each by a guarded Newton step. */
    public static Glad fit(Labels labels) {
        return fit(labels, TrueLabels.NONE);
    }

    /** Fits the model with the true labels of some items fixed. */
    public static Glad fit(Labels labels, TrueLabels gold) {
        Fit fit = new Fit(labels, gold.indices(labels));
        double last = Double.NEGATIVE_INFINITY;
        for (int iteration = 1; ; iteration++) {
            double now = fit.expect();
            if (now - last <= NEAR * Math.abs(now) || iteration == MOST_ITERATIONS) {
                return new Glad(fit.posterior, fit.ability, fit.easiness, now, iteration);
            }
            last = now;
            for (int round = 0; round < 3; round++) {
                fit.climbAbility();
                fit.climbEasiness();
            }
        }
    }

    /** The most probable labels of each item: more than one if they are equally probable. */
    public int[][] labels() {
        return Posteriors.best(posterior);
    }

    private static final class Fit {
        private final Labels labels;
        private final int[] known;
        private final int k;
        private final double[][] posterior;
        private final double[] ability;
        private final double[] easiness;
        private final int[][] ofAnnotator;
        private final int[][] ofItem;

        Fit(Labels labels, int[] known) {
            this.labels = labels;
            this.known = known;
            this.k = labels.categories().size();
            this.posterior = new double[labels.items().size()][k];
            this.ability = new double[labels.annotators().size()];
            this.easiness = new double[labels.items().size()];
            Arrays.fill(ability, 1);
            Arrays.fill(easiness, 1);
            this.ofAnnotator = labels.ofAnnotators();
            this.ofItem = labels.ofItems();
        }

        /** Overwrites the posterior; returns the log of the labels' likelihood times the priors, up to a constant. */
        double expect() {
            for (double[] item : posterior) Arrays.fill(item, -Math.log(k));
            for (int n = 0; n < labels.size(); n++) {
                double x = ability[labels.annotator()[n]] * Math.exp(easiness[labels.item()[n]]);
                double[] item = posterior[labels.item()[n]];
                for (int c = 0; c < k; c++) {
                    item[c] += c == labels.category()[n]
                            ? Logistic.logSigmoid(x)
                            : Logistic.logSigmoid(-x) - Math.log(Math.max(1, k - 1));
                }
            }
            double total = 0;
            for (int i = 0; i < posterior.length; i++) total += Posteriors.normalise(posterior[i], known[i]);
            for (double a : ability) total -= (a - 1) * (a - 1) / 2;
            for (double b : easiness) total -= (b - 1) * (b - 1) / 2;
            return total;
        }

        void climbAbility() {
            for (int a = 0; a < ability.length; a++) ability[a] = climbed(ofAnnotator[a], ability[a], true);
        }

        void climbEasiness() {
            for (int i = 0; i < easiness.length; i++) easiness[i] = climbed(ofItem[i], easiness[i], false);
        }

        /** A Newton step on one parameter, halved until it does not go down. */
        private double climbed(int[] group, double at, boolean isAbility) {
            double gradient = -(at - 1);
            double curvature = -1;
            for (int n : group) {
                double p = posterior[labels.item()[n]][labels.category()[n]];
                double alpha = isAbility ? at : ability[labels.annotator()[n]];
                double beta = Math.exp(isAbility ? easiness[labels.item()[n]] : at);
                double right = Math.exp(Logistic.logSigmoid(alpha * beta));
                double slope = isAbility ? beta : alpha * beta;
                gradient += (p - right) * slope;
                curvature -= right * (1 - right) * slope * slope;
            }
            double from = value(group, at, isAbility);
            for (double step = -gradient / curvature; Math.abs(step) > STEP; step /= 2) {
                if (value(group, at + step, isAbility) >= from) return at + step;
            }
            return at;
        }

        private double value(int[] group, double at, boolean isAbility) {
            double value = -(at - 1) * (at - 1) / 2;
            for (int n : group) {
                double p = posterior[labels.item()[n]][labels.category()[n]];
                double alpha = isAbility ? at : ability[labels.annotator()[n]];
                double x = alpha * Math.exp(isAbility ? easiness[labels.item()[n]] : at);
                value += p * Logistic.logSigmoid(x) + (1 - p) * Logistic.logSigmoid(-x);
            }
            return value;
        }
    }
}
