package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.data.Count;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.audit.Audit;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.certainty.Calibration;
import org.thurstone.rank.certainty.Separability;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.pairs.Sensitivity;
import org.thurstone.report.Headline;
import org.thurstone.report.Note;
import org.thurstone.report.Report;
import org.thurstone.report.Section;
import org.thurstone.report.SortableTable;
import org.thurstone.report.Table;

/**
 * A board as a page: who leads and how certain that is, the ranking with intervals, the win matrix, sensitivity to dropped votes,
 * calibration, and ratings over time. A section for which the votes have no data is left out. Tables of items can be sorted and filtered, and the
 * difference of any two items be read off, by the page's script; see {@link ItemDifferences} for what of the errors is in the page.
 *
 * @param name of the file
 * @param all boards per model; the page is about the first
 * @param version of the program, for the foot of the page
 */
record BoardPage(
        String name,
        VoteFile file,
        List<ModelBoards> all,
        Inference inference,
        BoardReport.Differences differences,
        Optional<Sensitivity> fewest,
        Optional<Agreement> agreement,
        Optional<Predictions> predictions,
        Optional<Audit> audit,
        String version) {

    private static final int ROWS_BY = 2_000;
    private static final int SHOWN_BY = 40;
    /** The column of the items in a board's table, and in that of the values of a column. */
    private static final int ITEM = 1;

    private static final int ITEM_BY = 2;
    private static final int FOLDS = 5;
    private static final int BINS = 10;

    /** A fit takes time that grows with the cube of the items, and these sections need some hundred of them. */
    static final int REFITTED = 500;

    private Board board() {
        return all.getFirst().board();
    }

    Report report() {
        List<Section> sections = new ArrayList<>();
        sections.add(headline());
        notes(sections);
        sections.add(BoardCharts.ratings(board(), inference.level()));
        BoardCharts.all(board(), inference.level()).ifPresent(sections::add);
        Table standings = BoardTables.board("Standings", board(), Integer.MAX_VALUE);
        sections.add(new SortableTable(standings, List.of(ITEM), Optional.of(ItemDifferences.of(board(), inference))));
        sections.add(BoardMaking.of(all.getFirst(), file, inference));
        differences.uncertainty().ifPresent(of -> sections.add(SortableTable.of(of.table(Integer.MAX_VALUE), 0)));
        differences
                .sentences(inference.level())
                .forEach(sentence -> sections.add(Note.info("Contrast", sentence.substring("Contrast: ".length()))));
        if (all.size() > 1) {
            sections.add(SortableTable.of(
                    BoardTables.sideBySide(all.stream().map(ModelBoards::board).toList(), Integer.MAX_VALUE), 0));
        }
        all.forEach(boards -> BoardTables.quantities(
                        "Other estimates of " + boards.board().model(), boards.board())
                .ifPresent(sections::add));
        for (ModelBoards boards : all) {
            ValueBoards.of(boards, file, ROWS_BY, SHOWN_BY, true)
                    .ifPresent(table -> sections.add(SortableTable.of(table, 0, ITEM_BY)));
        }
        all.getFirst().strata().ifPresent(test -> {
            sections.add(Note.info("Differences between values", StrataTables.sentence(test)));
            sections.add(
                    SortableTable.of(StrataTables.table("Differences between values", test, Integer.MAX_VALUE), 0));
        });
        if (all.getFirst().untested()) {
            sections.add(Note.info("Differences between values", StrataTables.UNTESTED));
        }
        predictions.ifPresent(of -> sections.add(of.table()));
        audit.ifPresent(of -> sections.addAll(AuditTables.sections(of)));
        sections.add(WinMatrix.of(board(), file.votes().tally()));
        int items = board().standings().size();
        if (items > REFITTED) {
            sections.add(Note.info(
                    "Left out",
                    String.format(
                            Locale.ROOT,
                            "What if, calibration and ratings over time rank the items again many times, which for more than"
                                    + " %,d items takes longer than the board itself; so does sensitivity, unless it is"
                                    + " asked for.",
                            REFITTED)));
        } else if (file.votes() instanceof Battles battles) {
            RankingModel model = all.getFirst().model();
            WhatIfTable.of(model, battles, board(), inference.seed()).ifPresent(sections::add);
            Calibration.of(model, battles, FOLDS, BINS, inference.seed())
                    .map(BoardCharts::calibration)
                    .ifPresent(sections::add);
            BoardCharts.overTime(model, battles, board(), inference).ifPresent(sections::add);
        }
        return new Report(
                "Ranking of " + name,
                String.format(
                        Locale.ROOT,
                        "%s of %s of %s",
                        board().model(),
                        BoardTables.size(file),
                        Count.of(file.votes().items().size(), "item")),
                sections,
                version);
    }

    private Headline headline() {
        List<Headline.Figure> figures = new ArrayList<>();
        String size = BoardTables.size(file);
        figures.add(new Headline.Figure(
                size.replaceAll(" .*", ""),
                size.replaceAll(".* ", ""),
                String.format(Locale.ROOT, "of %,d items", board().standings().size())));
        double separability = Separability.of(board());
        if (!Double.isNaN(separability)) {
            figures.add(new Headline.Figure(
                    String.format(Locale.ROOT, "%.0f %%", 100 * separability),
                    "of pairs separated",
                    "by non-overlapping intervals at " + BoardCharts.percent(inference.level())));
        }
        fewest.ifPresent(found -> figures.add(new Headline.Figure(
                String.format(Locale.ROOT, "%,d", found.battles()),
                found.battles() == 1 ? "vote decides the first place" : "votes decide the first place",
                (found.battles() == 1 ? "without it, " : "without these, ") + found.rival() + " leads")));
        agreement.ifPresent(found -> figures.add(new Headline.Figure(
                String.format(Locale.ROOT, "%.2f", found.agreement()),
                "agreement with the other board",
                String.format(Locale.ROOT, "Kendall %.2f on %d items", found.kendall(), found.items()))));
        return new Headline(leader(), figures);
    }

    private String leader() {
        List<Standing> standings = board().standings();
        Standing top = standings.getFirst();
        if (Double.isNaN(top.rating())) {
            return top.item() + " comes first, but the votes do not make all items comparable.";
        }
        int together =
                (int) standings.stream().filter(s -> s.group() == top.group()).count();
        String rest = together < standings.size()
                ? " " + Count.of(standings.size() - together, "item") + " cannot be compared with them."
                : "";
        if (!top.placed()) {
            return top.item() + " comes first; this method has no intervals." + rest;
        }
        long contenders = standings.stream()
                .filter(s -> s.group() == top.group() && s.best() == 1)
                .count();
        return (contenders == 1
                        ? top.item() + " is the best of " + together + "; no other item may be."
                        : top.item() + " comes first of " + together + "; " + contenders + " of them may be the best.")
                + rest;
    }

    private void notes(List<Section> sections) {
        for (ModelBoards boards : all) {
            List<String> remarks = boards.board().remarks();
            if (!remarks.isEmpty()) {
                String lines = remarks.stream().map(remark -> remark + ".").collect(Collectors.joining("\n"));
                sections.add(Note.warning(boards.board().model(), lines));
            }
        }
        if (!file.remarks().isEmpty()) {
            sections.add(Note.info("The file", String.join(". ", file.remarks()) + "."));
        }
    }
}
