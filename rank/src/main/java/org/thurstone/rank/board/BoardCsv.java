package org.thurstone.rank.board;

import java.util.List;
import java.util.Locale;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;

/** Boards as one CSV table: one row per item, per model, for all votes and per value of a column. */
final class BoardCsv {

    private BoardCsv() {}

    /** The table, with a header. @param level of the intervals; in the table only where there is one */
    public static String of(List<ModelBoards> all, double level) {
        StringBuilder out = new StringBuilder("model,by,item,rating,low,high,rank,best,worst,group,unit,level\n");
        for (ModelBoards boards : all) {
            rows(boards.board(), "", level, out);
            boards.by().forEach((value, board) -> rows(board, value, level, out));
        }
        return out.toString();
    }

    private static void rows(Board board, String by, double level, StringBuilder out) {
        for (Standing s : board.standings()) {
            out.append(String.join(
                            ",",
                            cell(board.model()),
                            cell(by),
                            cell(s.item()),
                            number(s.rating()),
                            number(s.low()),
                            number(s.high()),
                            Integer.toString(s.rank()),
                            Integer.toString(s.best()),
                            Integer.toString(s.worst()),
                            Integer.toString(s.group()),
                            cell(board.unit()),
                            Double.isNaN(s.low()) ? "" : number(level)))
                    .append('\n');
        }
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value).toLowerCase(Locale.ROOT) : "";
    }

    /** Quoted where it has to be. */
    private static String cell(String text) {
        return text.matches("(?s).*[\",\\n\\r].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
