package org.thurstone.rank.board;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.thurstone.rank.Board;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.certainty.StrataDifferences;

/**
 * The boards of one model.
 *
 * @param board of all votes
 * @param by one board per value of a column; empty where no column was asked for
 */
public record ModelBoards(RankingModel model, Board board, SortedMap<String, Board> by) {

    /** The test of whether ratings differ between the values of the column; empty if there are no two boards with errors that share items. */
    public Optional<StrataDifferences> strata() {
        return StrataDifferences.of(by);
    }

    /** Whether several values have boards with errors, and yet there is no test: no two of them share two items that each makes comparable. */
    boolean untested() {
        return by.values().stream().filter(part -> part.errors().isPresent()).count() > 1 && strata().isEmpty();
    }

    /** Every board with the anchor at its rating; a board that does not rate it is left as it is. */
    ModelBoards anchored(Anchor anchor) {
        TreeMap<String, Board> moved = new TreeMap<>();
        by.forEach((value, part) -> moved.put(
                value,
                part.of(anchor.item()).filter(s -> !Double.isNaN(s.rating())).isPresent() ? anchor.on(part) : part));
        return new ModelBoards(model, anchor.on(board), moved);
    }
}
