package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.RatingErrors;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.statistics.Normal;

/**
 * Which items moved from one board to another: the change of each rating about the mean of the items that both rate, with an interval that holds for
 * all of them together (Bonferroni). Boards of different votes are independent, so that variances add up. If the later board has all votes of the
 * earlier one, the variance of the change is the difference of the two (Hausman 1978).
 *
 * @param nested whether the later board has all votes of the earlier one
 * @param moves of the items that both boards rate, the largest change first
 * @param added items of the later board alone
 * @param dropped items of the earlier board alone
 */
public record BoardChange(boolean nested, List<Move> moves, List<String> added, List<String> dropped) {

    /**
     * The move of an item.
     *
     * @param before its place among the common items on the earlier board, from 1
     * @param after its place on the later board
     * @param change of its rating, in the unit of the boards
     * @param low the lower end of the change's interval; NaN where one of the boards has no errors of differences, or too few votes were added
     * @param high the upper end
     * @param moved whether the interval excludes no change
     */
    public record Move(String item, int before, int after, double change, double low, double high, boolean moved) {}

    public BoardChange {
        moves = List.copyOf(moves);
        added = List.copyOf(added);
        dropped = List.copyOf(dropped);
    }

    /**
     * The change of the first model's board.
     *
     * @throws UserError if the boards have other units, or fewer than two items in common whose ratings can be compared
     */
    public static BoardChange between(SavedBoard earlier, SavedBoard later) {
        Board before = earlier.boards().getFirst().board();
        Board after = later.boards().getFirst().board();
        if (!before.unit().equals(after.unit())) {
            throw new UserError("the boards have different units, " + before.unit() + " and " + after.unit()
                    + "; rank both the same way");
        }
        return between(before, after, later.includes(earlier), later.inference().level());
    }

    static BoardChange between(Board before, Board after, boolean nested, double level) {
        List<String> common = before.standings().stream()
                .filter(s -> s.group() == 0 && Double.isFinite(s.rating()))
                .map(s -> s.item())
                .filter(item -> after.of(item)
                        .filter(s -> s.group() == 0 && Double.isFinite(s.rating()))
                        .isPresent())
                .toList();
        if (common.size() < 2) {
            throw new UserError("the boards have fewer than two items in common whose ratings can be compared");
        }
        double[] old = centred(before, common);
        double[] now = centred(after, common);
        Optional<double[]> oldVariances = variances(before, common);
        Optional<double[]> newVariances = variances(after, common);
        double quantile = Normal.quantile(1 - (1 - level) / (2.0 * common.size()));
        int[] oldPlaces = places(old);
        int[] newPlaces = places(now);
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < common.size(); i++) {
            double change = now[i] - old[i];
            double half = Double.NaN;
            if (oldVariances.isPresent() && newVariances.isPresent()) {
                double was = oldVariances.get()[i];
                double is = newVariances.get()[i];
                // Both variances are estimates; where they hardly differ, so may their order.
                half = quantile * Math.sqrt(nested ? was - is : was + is);
            }
            moves.add(new Move(
                    common.get(i),
                    oldPlaces[i],
                    newPlaces[i],
                    change,
                    change - half,
                    change + half,
                    Math.abs(change) > half));
        }
        moves.sort(Comparator.comparingDouble(m -> -Math.abs(m.change())));
        return new BoardChange(nested, moves, only(after, before), only(before, after));
    }

    private static List<String> only(Board one, Board other) {
        return one.standings().stream()
                .map(s -> s.item())
                .filter(item -> other.of(item).isEmpty())
                .toList();
    }

    private static double[] centred(Board board, List<String> items) {
        double[] ratings = items.stream()
                .mapToDouble(item -> board.of(item).orElseThrow().rating())
                .toArray();
        double mean = IntStream.range(0, ratings.length)
                .mapToDouble(i -> ratings[i])
                .average()
                .orElse(0);
        return IntStream.range(0, ratings.length)
                .mapToDouble(i -> ratings[i] - mean)
                .toArray();
    }

    /** The variance of each rating about the mean of these items. */
    private static Optional<double[]> variances(Board board, List<String> items) {
        return board.errors().map(errors -> variances(errors, items));
    }

    private static double[] variances(RatingErrors errors, List<String> items) {
        int[] at = items.stream().mapToInt(errors.items()::indexOf).toArray();
        int n = at.length;
        double[] rows = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i] += errors.covariance()[at[i]][at[j]] / n;
            }
            all += rows[i] / n;
        }
        double mean = all;
        return IntStream.range(0, n)
                .mapToDouble(i -> Math.max(0, errors.covariance()[at[i]][at[i]] - 2 * rows[i] + mean))
                .toArray();
    }

    private static int[] places(double[] ratings) {
        return IntStream.range(0, ratings.length)
                .map(i -> 1
                        + (int) IntStream.range(0, ratings.length)
                                .filter(j -> ratings[j] > ratings[i])
                                .count())
                .toArray();
    }

    /** A row per item that both boards rate. */
    public Table table() {
        return new Table(
                "Changes",
                "",
                List.of(
                        Table.Column.text("item"),
                        Table.Column.number("place before"),
                        Table.Column.number("after"),
                        Table.Column.number("change of the rating"),
                        Table.Column.text("")),
                moves.stream()
                        .map(m -> List.of(
                                Cell.name(m.item()),
                                Cell.count(m.before()),
                                Cell.count(m.after()),
                                Double.isNaN(m.low())
                                        ? Cell.number(m.change(), 3)
                                        : Cell.number(m.change(), m.low(), m.high(), 3),
                                Cell.text(m.moved() ? "moved" : "")))
                        .toList());
    }

    /** What the table does not say. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        long moved = moves.stream().filter(Move::moved).count();
        sentences.add(Count.of(moved, "item", "items") + " of " + moves.size() + " moved by more than chance explains"
                + (nested ? "; the later board has all votes of the earlier one." : "."));
        if (moves.stream().allMatch(m -> Double.isNaN(m.low()))) {
            sentences.add(
                    "The first method of one of the boards has no errors of differences, so that changes have no intervals.");
        }
        if (!added.isEmpty()) {
            sentences.add("Only on the later board: " + String.join(", ", added) + ".");
        }
        if (!dropped.isEmpty()) {
            sentences.add("Only on the earlier board: " + String.join(", ", dropped) + ".");
        }
        return sentences;
    }
}
