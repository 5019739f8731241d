package org.thurstone.rank.pairs;

import java.util.SplittableRandom;
import org.thurstone.rank.certainty.Bootstrap;
import org.thurstone.statistics.Gamma;

/**
 * A prior of the strengths; it keeps strengths finite that the votes alone do not determine.
 *
 * @param ridge a normal prior's precision: its log-density is −ridge/2·Σθ²; 0 for none
 * @param gamma the shape of a gamma prior on worths e^θ (Caron and Doucet 2012); 1 for none, larger ones are stronger
 */
record Prior(double ridge, double gamma) {

    static final Prior NONE = new Prior(0, 1);

    Prior {
        if (!(ridge >= 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge is " + ridge + ", not a finite number of at least 0");
        }
        if (!(gamma >= 1) || Double.isInfinite(gamma)) {
            throw new IllegalArgumentException("gamma is " + gamma + ", not a finite number of at least 1");
        }
    }

    boolean none() {
        return ridge == 0 && gamma == 1;
    }

    /** The gamma's rate only moves all strengths together; this one keeps the worths about one. */
    double rate() {
        return gamma - 1;
    }

    /**
     * What a draw of a bootstrap adds to the slope at each item ({@link Bootstrap#pull}). A gamma prior counts as γ − 1 wins, so it is these wins
     * that are drawn: as many on average, with a variance of as many, and never fewer than none, so that every draw has a maximum.
     */
    double[] pull(int items, SplittableRandom random) {
        double[] pull = Bootstrap.pull(items, ridge, random);
        for (int i = 0; i < items && gamma > 1; i++) {
            pull[i] += Gamma.draw(gamma - 1, random) - (gamma - 1);
        }
        return pull;
    }

    double log(double theta) {
        return -ridge / 2 * theta * theta + (gamma - 1) * theta - rate() * Math.exp(theta);
    }

    double slope(double theta) {
        return -ridge * theta + (gamma - 1) - rate() * Math.exp(theta);
    }

    double bend(double theta) {
        return -ridge - rate() * Math.exp(theta);
    }
}
