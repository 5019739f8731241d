package org.thurstone.rank.agreement;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An annotator's preference between two answers, in the order in which they were shown.
 *
 * @param length of each answer, in any one unit; empty where unknown
 * @param models who gave the answers, the first's before the second's; empty where unknown
 */
public record Verdict(String item, String annotator, Winner winner, Optional<Lengths> length, Optional<Models> models) {

    /** The better answer. */
    public enum Winner {
        FIRST,
        SECOND,
        TIE;

        /** 1 for the first, 0 for the second, ½ for a tie. */
        public double score() {
            return this == FIRST ? 1 : this == SECOND ? 0 : 0.5;
        }
    }

    /** The lengths of the two answers. */
    public record Lengths(double first, double second) {}

    /** The models of the two answers. */
    public record Models(String first, String second) {

        /** The same two in the other order. */
        @SuppressWarnings("ArgumentSelectionDefectChecker") // that is the point
        Models turned() {
            return new Models(second, first);
        }
    }

    /** How well the answers of a model did, if it gave one of the two: 1, ½ or 0. */
    OptionalDouble scoreOf(String model) {
        return models.map(m -> m.first().equals(model)
                        ? OptionalDouble.of(winner.score())
                        : m.second().equals(model) ? OptionalDouble.of(1 - winner.score()) : OptionalDouble.empty())
                .orElse(OptionalDouble.empty());
    }
}
