package org.thurstone.feedback.verifier;

/**
 * Counts the operations of a comparison, and stops it if there are too many. Counted in operations, not in seconds: a verdict is
 * the same on a slow machine as on a fast one. A comparison of two members of lists costs 1; an arithmetic operation
 * costs 1, and 1 more for each 64 bits of an exact result.
 */
final class Effort {

    /** Thousands of times what an ordinary answer takes; lists of a thousand members in any order are still compared. */
    static final long LIMIT = 2_000_000;

    /** Thrown where the limit is passed; caught where the comparison began. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exceeded() {
            super("more than " + LIMIT + " operations", null, false, false);
        }
    }

    private long spent;

    /** Counts the comparison of two members of a list. */
    void step() {
        spend(1);
    }

    /** Counts the operation that gave a value, and returns the value. */
    Value of(Value result) {
        spend(1 + (result instanceof Value.Exact(Rational fraction) ? fraction.bits() / Long.SIZE : 0));
        return result;
    }

    private void spend(long operations) {
        spent += operations;
        if (spent > LIMIT) {
            throw new Exceeded();
        }
    }

    /** Operations so far. */
    long spent() {
        return spent;
    }
}
