package org.thurstone.data.format;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Example;
import org.thurstone.data.Particulars;

/**
 * UltraFeedback, binarized: a pair with {@code score_chosen} and {@code score_rejected}, in the row or its {@code metadata}. The pair
 * is TRL's, in any of its shapes; the difference of the scores is the margin.
 */
record ScoredPair() implements RowFormat {

    @Override
    public String name() {
        return "UltraFeedback pairs (binarized, with scores)";
    }

    @Override
    public String keys() {
        return "prompt, chosen, rejected, score_chosen, score_rejected";
    }

    @Override
    public boolean recognises(Columns file) {
        return PairShapes.recognises(file) && file.hasScores();
    }

    @Override
    public Example parse(Fields row) {
        return PairShapes.parse(row);
    }

    /** Score of chosen less score of rejected. */
    static OptionalDouble gap(Fields row) {
        return scores(row)
                .map(scores -> OptionalDouble.of(scores.left() - scores.right()))
                .orElse(OptionalDouble.empty());
    }

    /** Those of chosen and rejected, where the row has them. */
    static Optional<Particulars.Scores> scores(Fields row) {
        return scored(row).map(s -> new Particulars.Scores(s.number("score_chosen"), s.number("score_rejected")));
    }

    static boolean isScored(Fields row) {
        return scored(row).isPresent();
    }

    private static Optional<Fields> scored(Fields row) {
        return List.of(row, row.within("metadata")).stream()
                .filter(scores -> scores.has("score_chosen") && scores.has("score_rejected"))
                .findFirst();
    }
}
