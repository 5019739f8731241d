package org.thurstone.rank;

/** Probabilities of the outcomes of a battle; they sum to 1. */
public record OutcomeProbabilities(double left, double tie, double right) {

    public OutcomeProbabilities {
        if (!(left >= 0 && tie >= 0 && right >= 0 && Math.abs(left + tie + right - 1) < 1e-9)) {
            throw new IllegalArgumentException(left + ", " + tie + " and " + right + " are not probabilities");
        }
    }

    /** Probabilities without ties. */
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

    /** Expected points of the left item: 1 per win, ½ per tie. */
    public double expected() {
        return left + tie / 2;
    }
}
