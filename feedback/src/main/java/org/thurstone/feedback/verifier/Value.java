package org.thurstone.feedback.verifier;

/** A number that was computed: a fraction while every step allows it, else the nearest double. */
sealed interface Value {

    double toDouble();

    record Exact(Rational fraction) implements Value {
        @Override
        public double toDouble() {
            return fraction.toDouble();
        }
    }

    record Approximate(double number) implements Value {
        @Override
        public double toDouble() {
            return number;
        }
    }

    default Value plus(Value other) {
        return this instanceof Exact(Rational a) && other instanceof Exact(Rational b)
                ? new Exact(a.plus(b))
                : new Approximate(toDouble() + other.toDouble());
    }

    default Value times(Value other) {
        return this instanceof Exact(Rational a) && other instanceof Exact(Rational b)
                ? new Exact(a.times(b))
                : new Approximate(toDouble() * other.toDouble());
    }

    default Value over(Value other) {
        return this instanceof Exact(Rational a) && other instanceof Exact(Rational b)
                ? new Exact(a.over(b))
                : new Approximate(toDouble() / other.toDouble());
    }

    default Value power(Value exponent) {
        if (this instanceof Exact(Rational base) && exponent instanceof Exact(Rational fraction)) {
            var exact = fraction.asInteger().flatMap(base::power);
            if (exact.isPresent()) {
                return new Exact(exact.get());
            }
        }
        return new Approximate(Math.pow(toDouble(), exponent.toDouble()));
    }

    /** The root of this degree; fractions stay fractions under square roots only. */
    default Value root(Value degree) {
        boolean square = degree.toDouble() == 2;
        if (square && this instanceof Exact(Rational radicand)) {
            var exact = radicand.squareRoot();
            if (exact.isPresent()) {
                return new Exact(exact.get());
            }
        }
        return new Approximate(
                square
                        ? Math.sqrt(toDouble())
                        : degree.toDouble() == 3 ? Math.cbrt(toDouble()) : Math.pow(toDouble(), 1 / degree.toDouble()));
    }

    /**
     * Equal as fractions, or closer than {@code tolerance} relative to the larger of the expected number and 1; two whole numbers are
     * near only where they are equal.
     */
    default boolean near(Value expected, double tolerance) {
        if (this instanceof Exact(Rational a) && expected instanceof Exact(Rational b)) {
            if (a.equals(b) || (a.whole() && b.whole())) {
                return a.equals(b);
            }
        }
        return Math.abs(toDouble() - expected.toDouble()) <= tolerance * Math.max(1, Math.abs(expected.toDouble()));
    }
}
