package org.thurstone.rank.pairs;

import static org.thurstone.statistics.Logistic.logSigmoid;
import static org.thurstone.statistics.Logistic.logit;
import static org.thurstone.statistics.Logistic.sigmoid;

import java.util.Arrays;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.statistics.Normal;

/**
 * How probable each outcome of a comparison is when the left item is stronger by {@code delta}, and ties have a parameter {@code tie}.
 * The log-probability of each outcome is concave in the two, so that there is one maximum and Newton's method finds it.
 */
sealed interface Response {

    /** Writes the log-probability of an outcome (0 left, 1 right, 2 neither) and its derivatives; see the constants. */
    void at(double delta, double tie, int outcome, double[] out);

    int LOG = 0;
    int BY_DELTA = 1;
    int BY_TIE = 2;
    int BY_DELTA_DELTA = 3;
    int BY_DELTA_TIE = 4;
    int BY_TIE_TIE = 5;

    /** How many numbers {@link #at} writes. */
    int SIZE = 6;

    /** Writes what {@link #at} says of all outcomes of a cell, times their weights, added up. */
    default void sum(double delta, double tie, double[][] weights, int cell, double[] scratch, double[] sum) {
        Arrays.fill(sum, 0);
        for (int outcome = 0; outcome < 3; outcome++) {
            double weight = weights[outcome][cell];
            if (weight > 0) {
                at(delta, tie, outcome, scratch);
                for (int d = 0; d < SIZE; d++) {
                    sum[d] += weight * scratch[d];
                }
            }
        }
    }

    /** Whether ties have a probability of their own; where not, a tie is half a win for each. */
    boolean ties();

    /** The parameter at which equals tie with this probability, within (0, 1). */
    double tieParameter(double probability);

    default OutcomeProbabilities chances(double delta, double tie) {
        double[] out = new double[SIZE];
        at(delta, tie, 0, out);
        double left = Math.exp(out[LOG]);
        if (!ties()) {
            return OutcomeProbabilities.ofLeft(left);
        }
        at(delta, tie, 1, out);
        double right = Math.exp(out[LOG]);
        return new OutcomeProbabilities(left, Math.max(0, 1 - left - right), right);
    }

    /** Bradley and Terry 1952: left wins with σ(delta). A tie counts as half a win of each. */
    record Logistic() implements Response {
        @Override
        public void at(double delta, double tie, int outcome, double[] out) {
            double share = outcome == 0 ? 1 : outcome == 1 ? 0 : 0.5;
            points(delta, share, 1 - share, out);
        }

        /** All outcomes of a cell share one exponential and one logarithm; this loop is where a fit spends its time. */
        @Override
        public void sum(double delta, double tie, double[][] weights, int cell, double[] unused, double[] sum) {
            double half = weights[2][cell] / 2;
            points(delta, weights[0][cell] + half, weights[1][cell] + half, sum);
        }

        private static void points(double delta, double left, double right, double[] out) {
            double small = Math.exp(-Math.abs(delta));
            // log1p, of which this is eleven digits or more, takes four times as long.
            double log = small > 1e-5 ? Math.log(1 + small) : small - small * small / 2;
            double p = (delta >= 0 ? 1 : small) / (1 + small);
            double both = left + right;
            out[LOG] = left * Math.min(delta, 0) - right * Math.max(delta, 0) - both * log;
            out[BY_DELTA] = left - both * p;
            out[BY_TIE] = 0;
            out[BY_DELTA_DELTA] = -both * small / ((1 + small) * (1 + small));
            out[BY_DELTA_TIE] = 0;
            out[BY_TIE_TIE] = 0;
        }

        @Override
        public boolean ties() {
            return false;
        }

        @Override
        public double tieParameter(double probability) {
            return 0;
        }
    }

    /**
     * Davidson 1970: left, neither and right are in the ratio e^(delta/2) : ν : e^(−delta/2), the parameter being log ν. An
     * exponential family.
     */
    record Davidson() implements Response {
        @Override
        public void at(double delta, double tie, int outcome, double[] out) {
            double most = Math.max(Math.abs(delta) / 2, tie);
            double left = Math.exp(delta / 2 - most);
            double right = Math.exp(-delta / 2 - most);
            double neither = Math.exp(tie - most);
            double sum = left + right + neither;
            double l = left / sum;
            double r = right / sum;
            double t = neither / sum;
            double mean = (l - r) / 2;
            out[LOG] = (outcome == 0 ? delta / 2 : outcome == 1 ? -delta / 2 : tie) - most - Math.log(sum);
            out[BY_DELTA] = (outcome == 0 ? 0.5 : outcome == 1 ? -0.5 : 0) - mean;
            out[BY_TIE] = (outcome == 2 ? 1 : 0) - t;
            out[BY_DELTA_DELTA] = mean * mean - (l + r) / 4;
            out[BY_DELTA_TIE] = mean * t;
            out[BY_TIE_TIE] = -t * (1 - t);
        }

        @Override
        public boolean ties() {
            return true;
        }

        @Override
        public double tieParameter(double probability) {
            return Math.log(2 * probability / (1 - probability));
        }
    }

    /**
     * A tie where the noisy difference is within ±c, the parameter being c, above 0: with logistic noise Rao and Kupper 1967 (their θ is
     * e^c), with normal noise Glenn and David 1960.
     */
    record Threshold(Noise noise) implements Response {
        @Override
        public void at(double delta, double c, int outcome, double[] out) {
            double sign = outcome == 1 ? -1 : 1;
            if (outcome < 2) {
                double x = sign * delta - c;
                double slope = noise.slope(x);
                double bend = noise.bend(x);
                out[LOG] = noise.log(x);
                out[BY_DELTA] = sign * slope;
                out[BY_TIE] = -slope;
                out[BY_DELTA_DELTA] = bend;
                out[BY_DELTA_TIE] = -sign * bend;
                out[BY_TIE_TIE] = bend;
            } else if (c > 0) {
                noise.between(delta, c, out);
            } else {
                // Outside of what is possible; a line search steps back from here.
                out[LOG] = Double.NEGATIVE_INFINITY;
            }
        }

        @Override
        public boolean ties() {
            return true;
        }

        @Override
        public double tieParameter(double probability) {
            return noise.quantile((1 + probability) / 2);
        }
    }

    /** Thurstone 1927, case V, as Mosteller 1951 fits it: left wins with Φ(delta). A tie counts as half a win of each. */
    record Probit() implements Response {
        @Override
        public void at(double delta, double tie, int outcome, double[] out) {
            double share = outcome == 0 ? 1 : outcome == 1 ? 0 : 0.5;
            Noise normal = Noise.NORMAL;
            out[LOG] = share * normal.log(delta) + (1 - share) * normal.log(-delta);
            out[BY_DELTA] = share * normal.slope(delta) - (1 - share) * normal.slope(-delta);
            out[BY_TIE] = 0;
            out[BY_DELTA_DELTA] = share * normal.bend(delta) + (1 - share) * normal.bend(-delta);
            out[BY_DELTA_TIE] = 0;
            out[BY_TIE_TIE] = 0;
        }

        @Override
        public boolean ties() {
            return false;
        }

        @Override
        public double tieParameter(double probability) {
            return 0;
        }
    }

    /** A symmetric distribution F of noise, by log F and its first two derivatives. */
    enum Noise {
        LOGISTIC {
            @Override
            double log(double x) {
                return logSigmoid(x);
            }

            @Override
            double slope(double x) {
                return sigmoid(-x);
            }

            @Override
            double bend(double x) {
                return -sigmoid(x) * sigmoid(-x);
            }

            @Override
            double quantile(double p) {
                return logit(p);
            }

            @Override
            void between(double delta, double c, double[] out) {
                // F(c+δ) − F(−c+δ) is σ(δ+c)·σ(c−δ)·(1 − e^(−2c)).
                double a = sigmoid(-delta - c);
                double b = sigmoid(delta - c);
                double growth = 2 / Math.expm1(2 * c);
                out[LOG] = logSigmoid(delta + c) + logSigmoid(c - delta) + Math.log(-Math.expm1(-2 * c));
                out[BY_DELTA] = a - b;
                out[BY_TIE] = a + b + growth;
                double bendA = -a * (1 - a);
                double bendB = -b * (1 - b);
                out[BY_DELTA_DELTA] = bendA + bendB;
                out[BY_DELTA_TIE] = bendA - bendB;
                out[BY_TIE_TIE] = bendA + bendB - growth * (growth + 2);
            }
        },
        NORMAL {
            @Override
            double log(double x) {
                return Normal.logBelow(x);
            }

            @Override
            double slope(double x) {
                return Math.exp(Normal.logDensity(x) - Normal.logBelow(x));
            }

            @Override
            double bend(double x) {
                double slope = slope(x);
                return -slope * (x + slope);
            }

            @Override
            double quantile(double p) {
                return Normal.quantile(p);
            }

            @Override
            void between(double delta, double c, double[] out) {
                // On the side of the lower tail, where a difference of two probabilities loses no digits.
                double d = -Math.abs(delta);
                double sign = delta > 0 ? -1 : 1;
                double logUpper = Normal.logBelow(d + c);
                double logP = logUpper + Math.log(-Math.expm1(Normal.logBelow(d - c) - logUpper));
                double u = Math.exp(Normal.logDensity(d + c) - logP);
                double l = Math.exp(Normal.logDensity(d - c) - logP);
                double byDelta = u - l;
                double byTie = u + l;
                out[LOG] = logP;
                out[BY_DELTA] = sign * byDelta;
                out[BY_TIE] = byTie;
                double bendU = -(d + c) * u;
                double bendL = -(d - c) * l;
                out[BY_DELTA_DELTA] = bendU - bendL - byDelta * byDelta;
                out[BY_DELTA_TIE] = sign * (bendU + bendL - byDelta * byTie);
                out[BY_TIE_TIE] = bendU - bendL - byTie * byTie;
            }
        };

        abstract double log(double x);

        abstract double slope(double x);

        abstract double bend(double x);

        abstract double quantile(double p);

        abstract void between(double delta, double c, double[] out);
    }
}
