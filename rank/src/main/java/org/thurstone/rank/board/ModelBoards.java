package org.thurstone.rank.board;

import java.util.SortedMap;
import java.util.TreeMap;
import org.thurstone.rank.Board;
import org.thurstone.rank.RankingModel;

/**
 * The boards of one model.
 *
 * @param board of all votes
 * @param by one board per value of a column; empty where no column was asked for
 */
public record ModelBoards(RankingModel model, Board board, SortedMap<String, Board> by) {

    /** Every board with the anchor at its rating; a board that does not rate it is left as it is. */
    ModelBoards anchored(Anchor anchor) {
        TreeMap<String, Board> moved = new TreeMap<>();
        by.forEach((value, part) -> moved.put(
                value,
                part.of(anchor.item()).filter(s -> !Double.isNaN(s.rating())).isPresent() ? anchor.on(part) : part));
        return new ModelBoards(model, anchor.on(board), moved);
    }
}
