package org.thurstone.rank.board;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Count;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Standing;
import org.thurstone.rank.audit.Audit;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.certainty.Contrast;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.pairs.Sensitivity;
import org.thurstone.report.Report;
import org.thurstone.report.TerminalTable;
import org.thurstone.report.Version;

/**
 * The boards of a file and how certain they are, in four forms.
 *
 * @param name of the file
 * @param all boards per model, at least one; certainty is about the first
 * @param differences of items of the first board, as far as they were asked for
 * @param fewest the fewest votes whose removal changes the top; empty where it was not asked for or there are none
 * @param agreement with another board
 * @param predictions of held-out battles
 * @param audit of the first Bradley–Terry board
 */
public record BoardReport(
        String name,
        VoteFile file,
        List<ModelBoards> all,
        Inference inference,
        Differences differences,
        Optional<Sensitivity> fewest,
        Optional<Agreement> agreement,
        Optional<Predictions> predictions,
        Optional<Audit> audit) {

    private static final int SHOWN = 50;
    private static final int ROWS_BY = 40;
    private static final int SHOWN_BY = 10;

    /** Contrasts of two items each, and the uncertainty of all. */
    public record Differences(Optional<Uncertainty> uncertainty, List<Contrast> contrasts) {

        /**
         * A sentence per contrast.
         *
         * @param level of the intervals, within (0, 1)
         */
        public List<String> sentences(double level) {
            return contrasts.stream()
                    .map(c -> String.format(
                            Locale.ROOT,
                            "Contrast: %s less %s is %.3f (%s interval %.3f to %.3f), standard error %.3f, p = %.2g.",
                            c.item(),
                            c.other(),
                            c.difference(),
                            BoardCharts.percent(level),
                            c.low(),
                            c.high(),
                            c.standardError(),
                            c.pValue()))
                    .toList();
        }
    }

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
                        "%s: %s of %s%s\n",
                        name,
                        BoardTables.size(file),
                        Count.of(file.votes().items().size(), "item"),
                        intervals(first)));
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
            line(text, String.format(Locale.ROOT, "%,d more; --output board.csv has all\n", hidden));
        }
        for (ModelBoards boards : all) {
            BoardTables.quantities(boards.board().model(), boards.board())
                    .ifPresent(table -> line(text, TerminalTable.of(table, false)));
            ValueBoards.of(boards, file, ROWS_BY, SHOWN_BY, false)
                    .ifPresent(table -> line(text, TerminalTable.of(table, false) + table.caption() + "\n"));
            boards.strata().ifPresent(test -> {
                String title = boards.board().model() + ": differences between values";
                line(text, TerminalTable.of(StrataTables.table(title, test, SHOWN_BY), false));
                line(text, StrataTables.sentence(test) + "\n");
            });
            if (boards.untested()) {
                line(text, StrataTables.UNTESTED + "\n");
            }
        }
        differences.uncertainty().ifPresent(of -> {
            line(text, TerminalTable.of(of.table(SHOWN), false));
            of.remarks().forEach(remark -> line(text, remark));
        });
        differences.sentences(inference.level()).forEach(sentence -> line(text, sentence));
        BoardTables.certainty(first, fewest, agreement).forEach(sentence -> line(text, sentence));
        file.remarks().forEach(remark -> line(text, remark + "."));
        all.forEach(boards -> boards.board()
                .remarks()
                .forEach(remark -> line(text, (all.size() > 1 ? boards.board().model() + ": " : "") + remark + ".")));
        predictions.ifPresent(p -> line(text, "\n" + TerminalTable.of(p.table(), false)));
        audit.ifPresent(of -> {
            line(text, "\n" + TerminalTable.of(AuditTables.table(of), false) + AuditTables.summary(of));
            AuditTables.sentences(of).forEach(sentence -> line(text, sentence));
        });
        return text.toString();
    }

    /** The level, where there are intervals. */
    private String intervals(Board board) {
        return board.standings().stream().anyMatch(Standing::hasInterval)
                ? "; intervals of " + BoardCharts.percent(inference.level())
                : "";
    }

    /** The JSON document, as {@link org.thurstone.report.JsonText} writes it; see {@link BoardDocument}. */
    public Map<String, Object> document() {
        Map<String, Object> document = BoardDocument.of(all);
        BoardDocument.certainty(all.getFirst().board(), fewest, agreement, document);
        BoardDocument.file(file, document);
        BoardDocument.inference(inference, document);
        differences.uncertainty().ifPresent(of -> document.put("uncertainty", of.document()));
        document.put("version", Version.current());
        if (!differences.contrasts().isEmpty()) {
            document.put("contrasts", differences.contrasts());
        }
        predictions.ifPresent(p -> document.put("predictions", p.document()));
        audit.ifPresent(of -> document.put("audit", AuditTables.document(of)));
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
        return new BoardPage(name, file, all, inference, differences, fewest, agreement, predictions, audit, version)
                .report();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
