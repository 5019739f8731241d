package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Count;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;

/** The boards of the values of a column as one table: the first items of each, with the intervals that few votes allow. */
final class ValueBoards {

    private ValueBoards() {}

    /**
     * The table; empty where no column was asked for.
     *
     * @param rows about how many in all; each of up to ten times as many values has at least one
     * @param each at most so many of a value
     * @param repeated whether each row names its value, so that rows can be sorted; else only the first of a value
     */
    static Optional<Table> of(ModelBoards boards, VoteFile file, int rows, int each, boolean repeated) {
        if (boards.by().isEmpty()) {
            return Optional.empty();
        }
        int shown = Math.clamp(rows / boards.by().size(), 1, each);
        int most = 10 * rows;
        Board whole = boards.board();
        List<List<Cell>> cells = new ArrayList<>();
        boolean placed = boards.by().values().stream()
                .flatMap(b -> b.standings().stream())
                .anyMatch(Standing::placed);
        boolean rest = false;
        for (Map.Entry<String, Board> by :
                boards.by().entrySet().stream().limit(most).toList()) {
            Board board = by.getValue();
            List<Standing> standings = board.standings();
            rest |= standings.size() > shown;
            for (int k = 0; k < Math.min(shown, standings.size()); k++) {
                Standing s = standings.get(k);
                List<Cell> row = new ArrayList<>();
                row.add(k == 0 ? value(by.getKey(), board, whole, file) : Cell.text(repeated ? name(by.getKey()) : ""));
                row.add(s.rank() > 0 ? Cell.count(s.rank()) : Cell.missing());
                row.add(Cell.name(s.item()));
                row.add(BoardTables.rating(s));
                if (placed) {
                    row.add(BoardTables.places(s.best(), s.worst()));
                }
                row.add(BoardTables.battles(s));
                cells.add(row);
            }
        }
        List<Table.Column> columns = new ArrayList<>(List.of(
                Table.Column.text("votes"),
                Table.Column.number("rank"),
                Table.Column.text("item"),
                Table.Column.number(whole.unit())));
        if (placed) {
            columns.add(Table.Column.text("places"));
        }
        columns.add(Table.Column.number("battles"));
        String caption =
                "Each value of the column ranked by its own votes; τ is Kendall's correlation with the order of all votes."
                        + (rest
                                ? " The first " + (shown == 1 ? "" : shown + " ")
                                        + "of each; the CSV and JSON files have all."
                                : "")
                        + (boards.by().size() > most
                                ? " " + Count.of(boards.by().size() - most, "more value is", "more values are")
                                        + " there."
                                : "");
        return Optional.of(new Table("By value: " + whole.model(), caption, columns, cells));
    }

    private static Cell value(String value, Board board, Board whole, VoteFile file) {
        List<String> details = new ArrayList<>();
        Optional.ofNullable(file.by().get(value)).ifPresent(votes -> details.add(BoardTables.size(votes)));
        Agreement.between(board, whole)
                .map(Agreement::kendall)
                .filter(Double::isFinite)
                .ifPresent(tau -> details.add("τ " + Cell.number(tau, 2).shown()));
        return new Cell(name(value), String.join(", ", details), Double.NaN);
    }

    private static String name(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
