package org.thurstone.cli.rank;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.thurstone.data.AtomicFile;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;

/** Boards as one CSV table: a row for each item of each model, of all votes and of each value of a column. */
public final class RankCsv {

    private RankCsv() {}

    /** Writes the file, whole or not at all. */
    public static void write(Path file, List<Ranked> all) {
        StringBuilder out = new StringBuilder("model,by,item,rating,low,high,rank,best,worst,group\n");
        for (Ranked ranked : all) {
            rows(ranked.board(), "", out);
            ranked.by().forEach((value, board) -> rows(board, value, out));
        }
        AtomicFile.write(file, out.toString());
    }

    private static void rows(Board board, String by, StringBuilder out) {
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
                            Integer.toString(s.group())))
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
