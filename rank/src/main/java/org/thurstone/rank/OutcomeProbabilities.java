package org.thurstone.rank;

/** How a battle is expected to end: probabilities that sum to one. */
public record OutcomeProbabilities(double left, double tie, double right) {

    public OutcomeProbabilities {
        if (!(left >= 0 && tie >= 0 && right >= 0 && Math.abs(left + tie + right - 1) < 1e-9)) {
            throw new IllegalArgumentException(left + ", " + tie + " and " + right + " are no chances");
        }
    }

    /** Without ties. */
    public static OutcomeProbabilities ofLeft(double probability) {
        return new OutcomeProbabilities(probability, 0, 1 - probability);
    }

    public double of(Outcome outcome) {
        return switch (outcome) {
            case LEFT -> left;
            case RIGHT -> right;
            case TIE, BOTH_BAD -> tie;
        };
    }

    /** What the left one is expected to get of a point that a tie halves. */
    public double expected() {
        return left + tie / 2;
    }
}
