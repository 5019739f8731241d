package org.thurstone.feedback.verifier;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/** A fraction in lowest terms, its denominator above 0. */
record Rational(BigInteger numerator, BigInteger denominator) {

    Rational {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        BigInteger divisor = numerator.gcd(denominator);
        BigInteger sign = BigInteger.valueOf(denominator.signum());
        numerator = numerator.divide(divisor).multiply(sign);
        denominator = denominator.divide(divisor).multiply(sign);
    }

    /** A decimal such as {@code 12}, {@code 0.50} or {@code .5}. */
    static Rational of(String decimal) {
        BigDecimal value = new BigDecimal(decimal);
        return new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Rational over(Rational other) {
        return new Rational(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    /** Empty where the result would be too large to be anybody's answer. */
    Optional<Rational> power(int exponent) {
        long bits = (long) Math.max(numerator.bitLength(), denominator.bitLength()) * Math.abs((long) exponent);
        if (bits > 10_000) {
            return Optional.empty();
        }
        Rational base = exponent < 0 ? Rational.of("1").over(this) : this;
        int times = Math.abs(exponent);
        return Optional.of(new Rational(base.numerator.pow(times), base.denominator.pow(times)));
    }

    /** The square root where it is a fraction itself. */
    Optional<Rational> squareRoot() {
        if (numerator.signum() < 0) {
            return Optional.empty();
        }
        BigInteger above = numerator.sqrt();
        BigInteger below = denominator.sqrt();
        boolean exact =
                above.multiply(above).equals(numerator) && below.multiply(below).equals(denominator);
        return exact ? Optional.of(new Rational(above, below)) : Optional.empty();
    }

    /** Number of bits of numerator and denominator together. */
    int bits() {
        return numerator.bitLength() + denominator.bitLength();
    }

    boolean whole() {
        return denominator.equals(BigInteger.ONE);
    }

    Optional<Integer> asInteger() {
        return whole() && numerator.bitLength() < 32 ? Optional.of(numerator.intValueExact()) : Optional.empty();
    }

    double toDouble() {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
                .doubleValue();
    }

    @Override
    public String toString() {
        return whole() ? numerator.toString() : numerator + "/" + denominator;
    }
}
