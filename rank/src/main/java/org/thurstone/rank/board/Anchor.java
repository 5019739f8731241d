package org.thurstone.rank.board;

import java.util.Set;
import java.util.stream.Collectors;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.rank.Standing;

/**
 * An item at a given rating: all ratings of its group are moved together until it has it. Differences, places and widths of intervals stay the same;
 * the anchor's own interval is about the given rating, and says how well it is known against the mean of the items.
 *
 * @param rating in the unit that the board is shown in
 */
public record Anchor(String item, double rating) {

    public Anchor {
        if (!Double.isFinite(rating)) {
            throw new IllegalArgumentException("the rating of an anchor is " + rating + ", not a finite number");
        }
    }

    /**
     * From {@code ITEM=RATING}; the name may contain equals signs.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Anchor parse(String text) {
        int equals = text.lastIndexOf('=');
        try {
            if (equals > 0) {
                return new Anchor(
                        text.substring(0, equals),
                        Double.parseDouble(text.substring(equals + 1).strip()));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text.substring(equals + 1) + "\" is not a number", e);
        }
        throw new IllegalArgumentException("\"" + text + "\" is not ITEM=RATING, such as gpt-4=1200");
    }

    /**
     * The board on which the item has its rating.
     *
     * @throws UserError if the board has no such item, or no rating of it
     */
    public Board on(Board board) {
        Standing anchor = board.of(item)
                .orElseThrow(
                        () -> new UserError("the anchor \"" + item + "\" is not on the board of " + board.model()));
        if (Double.isNaN(anchor.rating())) {
            throw new UserError("the votes do not determine the rating of the anchor \"" + item + "\"");
        }
        double move = rating - anchor.rating();
        Board moved = board.with(board.standings().stream()
                .map(s -> s.group() == anchor.group() || Double.isNaN(s.rating()) ? moved(s, move) : s)
                .toList());
        return board.differences()
                .map(errors -> moved.withErrors(moved(errors, board, anchor.group(), move)))
                .orElse(moved);
    }

    private static Standing moved(Standing s, double by) {
        return new Standing(
                s.item(),
                s.rating() + by,
                s.low() + by,
                s.high() + by,
                s.rank(),
                s.best(),
                s.worst(),
                s.group(),
                s.evidence());
    }

    private static DifferenceErrors moved(DifferenceErrors errors, Board board, int group, double by) {
        Set<String> with = board.standings().stream()
                .filter(s -> s.group() == group)
                .map(Standing::item)
                .collect(Collectors.toSet());
        double[] ratings = errors.ratings().clone();
        for (int i = 0; i < ratings.length; i++) {
            ratings[i] += with.contains(errors.items().get(i)) ? by : 0;
        }
        return errors.with(ratings);
    }
}
