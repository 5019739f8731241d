package org.thurstone.statistics;

/** The standard logistic distribution, without overflow at either end: the Bradley–Terry model of a comparison. */
public final class Logistic {

    private Logistic() {}

    /** σ(x) = 1 / (1 + e^(−x)), the probability of less than x. */
    public static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    /** log σ(x). */
    public static double logSigmoid(double x) {
        return -softplus(-x);
    }

    /** log(1 + e^x). */
    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** log(p / (1 − p)), the quantile of p: the x of which {@link #sigmoid} is p. Infinite for 0 and 1. */
    public static double logit(double p) {
        return Math.log(p / (1 - p));
    }
}
