package org.thurstone.rank.board;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Count;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.pairs.Sensitivity;
import org.thurstone.report.Report;
import org.thurstone.report.TerminalTable;

/**
 * The boards of a file and how certain they are, in four forms.
 *
 * @param name of the file
 * @param all boards per model, at least one; certainty is about the first
 * @param fewest the fewest votes whose removal changes the top; empty where it was not asked for or there are none
 * @param agreement with another board
 * @param predictions of held-out battles
 */
public record BoardReport(
        String name,
        VoteFile file,
        List<ModelBoards> all,
        Inference inference,
        Optional<Sensitivity> fewest,
        Optional<Agreement> agreement,
        Optional<Predictions> predictions) {

    private static final int SHOWN = 50;
    private static final int SHOWN_BY = 10;

    public BoardReport {
        all = List.copyOf(all);
    }

    /** Tables and sentences for a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        Board first = all.getFirst().board();
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "%s: %s of %s\n",
                        name,
                        BoardTables.size(file.votes()),
                        Count.of(file.votes().items().size(), "item")));
        line(
                text,
                TerminalTable.of(
                        all.size() > 1
                                ? BoardTables.sideBySide(
                                        all.stream().map(ModelBoards::board).toList(), SHOWN)
                                : BoardTables.board(first.model(), first, SHOWN),
                        false));
        int hidden = first.standings().size() - SHOWN;
        if (hidden > 0) {
            line(text, hidden + " more; --output board.csv has all\n");
        }
        for (ModelBoards boards : all) {
            BoardTables.quantities(boards.board().model(), boards.board())
                    .ifPresent(table -> line(text, TerminalTable.of(table, false)));
            boards.by()
                    .forEach((value, board) -> line(
                            text,
                            TerminalTable.of(
                                    BoardTables.board(value.isEmpty() ? "(none)" : value, board, SHOWN_BY), false)));
        }
        level(first).ifPresent(sentence -> line(text, sentence));
        BoardTables.certainty(first, fewest, agreement).forEach(sentence -> line(text, sentence));
        file.remarks().forEach(remark -> line(text, remark + "."));
        all.forEach(boards -> boards.board()
                .remarks()
                .forEach(remark -> line(text, (all.size() > 1 ? boards.board().model() + ": " : "") + remark + ".")));
        predictions.ifPresent(p -> line(text, "\n" + TerminalTable.of(p.table(), false)));
        return text.toString();
    }

    /** The level of the intervals, if there are any. */
    private Optional<String> level(Board board) {
        return board.standings().stream().allMatch(s -> Double.isNaN(s.low()))
                ? Optional.empty()
                : Optional.of("Intervals: "
                        + BigDecimal.valueOf(inference.level())
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " %.");
    }

    /** The JSON document, as {@link org.thurstone.report.JsonText} writes it; see {@link BoardDocument}. */
    public Map<String, Object> document() {
        Map<String, Object> document = BoardDocument.of(all);
        BoardDocument.certainty(all.getFirst().board(), fewest, agreement, document);
        BoardDocument.file(file, document);
        document.put("level", inference.level());
        document.put("intervals", inference.intervals().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        predictions.ifPresent(p -> document.put("predictions", p.document()));
        return document;
    }

    /** All boards as one CSV table; see {@link BoardCsv}. */
    public String csv() {
        return BoardCsv.of(all, inference.level());
    }

    /**
     * A self-contained page.
     *
     * @param version of the program, for its foot
     */
    public Report page(String version) {
        return new BoardPage(name, file, all, inference, fewest, agreement, version).report();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
