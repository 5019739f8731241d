package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thurstone.rank.Board;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.report.Cell;
import org.thurstone.report.Section;
import org.thurstone.report.Table;
import org.thurstone.statistics.Estimate;

/** The win rate of each of the first items against each other, with its interval. */
final class WinMatrix {

    private static final int ITEMS = 10;
    /** Names are in the standings; here they would take the room of the figures. */
    private static final int NAME = 18;

    private WinMatrix() {}

    static Section of(Board board, Tally tally) {
        List<Standing> shown = board.standings().stream().limit(ITEMS).toList();
        Map<String, Integer> index = new HashMap<>();
        shown.forEach(s -> index.put(s.item(), index.size()));
        Counts counts = Counts.of(tally, index);
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.text("")));
        for (int k = 1; k <= shown.size(); k++) {
            columns.add(Table.Column.number(Integer.toString(k)));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            List<Cell> row = new ArrayList<>(
                    List.of(Cell.name((i + 1) + " " + cut(shown.get(i).item()))));
            for (int other = 0; other < shown.size(); other++) {
                row.add(counts.cell(i, other));
            }
            rows.add(row);
        }
        return new Table(
                "Win matrix",
                "How many of a hundred battles the row won against the column, a tie being half a win; small, Wilson's interval of"
                        + " 95 %, which is wide where there were few battles.",
                columns,
                rows);
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, NAME - 1)) + "…";
    }

    /**
     * Counts of the items that are shown only, since a matrix of all would be of their square.
     *
     * @param wins how often the row beat the column
     * @param squares the sum of the squared weights of the pair's battles
     */
    private record Counts(double[][] wins, double[][] squares) {

        static Counts of(Tally tally, Map<String, Integer> index) {
            int[] of = tally.items().stream()
                    .mapToInt(item -> index.getOrDefault(item, -1))
                    .toArray();
            int n = index.size();
            Counts counts = new Counts(new double[n][n], new double[n][n]);
            for (int c = 0; c < tally.cells(); c++) {
                int left = of[tally.left(c)];
                int right = of[tally.right(c)];
                if (left >= 0 && right >= 0) {
                    counts.wins[left][right] += tally.leftWins(c) + tally.ties(c) / 2;
                    counts.wins[right][left] += tally.rightWins(c) + tally.ties(c) / 2;
                    for (Outcome outcome : List.of(Outcome.LEFT, Outcome.RIGHT, Outcome.TIE)) {
                        counts.squares[left][right] += tally.squares(outcome, c);
                        counts.squares[right][left] += tally.squares(outcome, c);
                    }
                }
            }
            return counts;
        }

        Cell cell(int row, int column) {
            double won = wins[row][column];
            double met = won + wins[column][row];
            if (met == 0) {
                return Cell.text(row == column ? "" : "–");
            }
            // Weighted battles say as much as this number of equal ones.
            int battles = (int) Math.max(1, Math.round(met * met / squares[row][column]));
            Estimate share = Estimate.ofShare(won / met * battles, battles);
            return new Cell(
                    String.format(Locale.ROOT, "%.0f", 100 * share.mean()),
                    String.format(Locale.ROOT, "%.0f–%.0f", 100 * share.low(), 100 * share.high()),
                    share.mean());
        }
    }
}
