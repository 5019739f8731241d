package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.certainty.WhatIf;
import org.thurstone.report.Cell;
import org.thurstone.report.Section;
import org.thurstone.report.Table;

/** The change of the board without a random share of the votes, and without each annotator. */
final class WhatIfTable {

    private static final List<Double> SHARES = List.of(0.05, 0.2, 0.5);
    private static final int DRAWS = 20;
    private static final int ANNOTATORS = 12;

    private WhatIfTable() {}

    /** Empty where there are too few votes to leave any out. */
    static Optional<Section> of(RankingModel model, Battles battles, Board board, long seed) {
        List<WhatIf> tried = new ArrayList<>(WhatIf.shares(model, battles, board, SHARES, DRAWS, seed));
        tried.addAll(WhatIf.annotators(model, battles, board, ANNOTATORS));
        if (tried.isEmpty()) {
            return Optional.empty();
        }
        List<List<Cell>> rows = tried.stream()
                .map(w -> List.of(
                        new Cell(w.without(), String.format(Locale.ROOT, "%,d", w.dropped()), Double.NaN),
                        w.draws() == 1 ? Cell.text(w.sameTop() == 1 ? "yes" : "no") : Cell.percent(w.sameTop()),
                        Cell.number(w.kendall(), 3),
                        Cell.text(w.moved() == 0 ? "none" : w.furthest() + " by " + w.moved())))
                .toList();
        return Optional.of(new Table(
                "What if",
                "The board fitted again without some votes (in small type, how many): whether the top stays, the"
                        + " agreement of the order (Kendall's τ, 1 for the same), and which item moves furthest. Random"
                        + " shares are dropped " + DRAWS + " times.",
                List.of(
                        Table.Column.text("without"),
                        Table.Column.number("top stays"),
                        Table.Column.number("τ"),
                        Table.Column.text("moves furthest")),
                rows));
    }
}
