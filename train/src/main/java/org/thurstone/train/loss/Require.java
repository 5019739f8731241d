package org.thurstone.train.loss;

/** Checks of hyper-parameters when a loss is constructed. Names are as in recipes. */
public final class Require {

    private Require() {}

    /** A finite number above 0. */
    public static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number above 0");
        }
    }

    /** A finite number of at least 0. */
    public static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number of at least 0");
        }
    }

    /** A finite number. */
    public static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number");
        }
    }

    /** Requires a share of wrong labels in [0, 0.5). */
    public static void share(String name, double value) {
        if (!(value >= 0 && value < 0.5)) {
            throw new IllegalArgumentException(name + " " + value + " is outside 0 (included) … 0.5 (excluded)");
        }
    }

    /** Requires a number in (0, 0.5). */
    public static void openShare(String name, double value) {
        if (!(value > 0 && value < 0.5)) {
            throw new IllegalArgumentException(name + " " + value + " is outside 0 … 0.5, both excluded");
        }
    }

    /** Requires a number in [0, 1]. */
    public static void unit(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is outside 0…1");
        }
    }
}
