package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.report.Cell;
import org.thurstone.report.Section;
import org.thurstone.report.Table;

/** The win rate of each of the first items against each other, with the number of battles. */
final class WinMatrix {

    private static final int ITEMS = 16;

    private WinMatrix() {}

    static Section of(Board board, Tally tally) {
        List<Standing> shown = board.standings().stream().limit(ITEMS).toList();
        double[][] wins = tally.wins(0.5);
        List<Integer> indexes =
                shown.stream().map(s -> tally.items().indexOf(s.item())).toList();
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.text("")));
        for (int k = 1; k <= shown.size(); k++) {
            columns.add(Table.Column.number(Integer.toString(k)));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            List<Cell> row = new ArrayList<>(
                    List.of(Cell.text((i + 1) + " " + shown.get(i).item())));
            for (int other : indexes) {
                row.add(cell(wins, indexes.get(i), other));
            }
            rows.add(row);
        }
        return new Table(
                "Win matrix",
                "How many of a hundred battles the row won against the column, a tie being half a win; small, how many"
                        + " there were.",
                columns,
                rows);
    }

    private static Cell cell(double[][] wins, int row, int column) {
        double won = wins[row][column];
        double met = won + wins[column][row];
        if (met == 0) {
            return Cell.text(row == column ? "" : "–");
        }
        return new Cell(
                String.format(Locale.ROOT, "%.0f", 100 * won / met),
                String.format(Locale.ROOT, "%,.0f", met),
                won / met);
    }
}
