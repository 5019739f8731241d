package org.thurstone.rank.board;

import java.util.List;
import java.util.Locale;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;

/** Boards as one CSV table: one row per item, per model, for all votes and per value of a column. What is unknown or infinite is empty. */
final class BoardCsv {

    private BoardCsv() {}

    /**
     * The table, with a header.
     *
     * @param level of the intervals, within (0, 1)
     */
    public static String of(List<ModelBoards> all, double level) {
        StringBuilder out = new StringBuilder(
                "model,by,item,rating,low,high,rank,best,worst,group,unit,interval,level,battles,wins,ties,provisional,"
                        + "best_alone,worst_alone\n");
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
                            place(s.rank()),
                            place(s.best()),
                            place(s.worst()),
                            Integer.toString(s.group() + 1),
                            cell(board.unit()),
                            s.evidence().interval().label(),
                            s.hasInterval() ? Double.toString(level) : "",
                            number(s.evidence().battles()),
                            number(s.evidence().wins()),
                            number(s.evidence().ties()),
                            Boolean.toString(s.evidence().provisional()),
                            place(s.evidence().best()),
                            place(s.evidence().worst())))
                    .append('\n');
        }
    }

    /** Empty where it is unknown. */
    private static String place(int place) {
        return place > 0 ? Integer.toString(place) : "";
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value).toLowerCase(Locale.ROOT) : "";
    }

    /** Quoted where it has to be. */
    private static String cell(String text) {
        return text.matches("(?s).*[\",\\n\\r].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
