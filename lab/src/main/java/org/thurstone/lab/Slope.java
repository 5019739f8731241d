package org.thurstone.lab;

import java.util.Arrays;

/** A rate: the slope of a straight line fitted by least squares. */
public final class Slope {

    private Slope() {}

    public static double of(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double above = 0;
        double below = 0;
        for (int i = 0; i < x.length; i++) {
            above += (x[i] - meanX) * (y[i] - meanY);
            below += (x[i] - meanX) * (x[i] - meanX);
        }
        return above / below;
    }

    /** The power p in y ∝ x^p: the slope of the logarithms. */
    public static double power(double[] x, double[] y) {
        return of(
                Arrays.stream(x).map(Math::log).toArray(),
                Arrays.stream(y).map(Math::log).toArray());
    }
}
