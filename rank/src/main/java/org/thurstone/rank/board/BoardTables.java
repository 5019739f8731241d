package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurstone.data.Count;
import org.thurstone.rank.Board;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.certainty.Separability;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.pairs.Sensitivity;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;

/** Boards as tables and sentences, for a terminal and for a page. */
final class BoardTables {

    private BoardTables() {}

    /** The number of votes that were read: "2,400 battles", "5,000 orders". */
    static String size(VoteFile file) {
        return file.votes() instanceof Rankings ? size(file.votes()) : Count.of(file.size(), "battle");
    }

    /** The number of votes: "2,400 battles", "5,000 orders". */
    public static String size(Votes votes) {
        return votes instanceof Rankings rankings
                ? String.format(
                        Locale.ROOT,
                        "%,.0f orders",
                        rankings.all().stream()
                                .mapToDouble(Rankings.Ranking::weight)
                                .sum())
                : Count.of(votes.size(), "battle");
    }

    /**
     * One board.
     *
     * @param most items shown, the best first
     */
    public static Table board(String title, Board board, int most) {
        boolean grouped = board.standings().stream().anyMatch(s -> s.group() > 0);
        boolean placed = board.standings().stream().anyMatch(Standing::placed);
        boolean alone = board.standings().stream().anyMatch(s -> s.evidence().best() > 0);
        boolean counted = board.standings().stream()
                .anyMatch(s -> Double.isFinite(s.evidence().battles()));
        List<Table.Column> columns = new ArrayList<>(
                List.of(Table.Column.number("rank"), Table.Column.text("item"), Table.Column.number(board.unit())));
        if (placed) {
            columns.add(Table.Column.text("places"));
        }
        if (alone) {
            columns.add(Table.Column.text("alone"));
        }
        if (counted) {
            columns.add(Table.Column.number("battles"));
        }
        if (grouped) {
            columns.add(Table.Column.number("group"));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (Standing s :
                board.standings().subList(0, Math.min(most, board.standings().size()))) {
            List<Cell> row = new ArrayList<>(
                    List.of(s.rank() > 0 ? Cell.count(s.rank()) : Cell.missing(), Cell.name(s.item()), rating(s)));
            if (placed) {
                row.add(places(s.best(), s.worst()));
            }
            if (alone) {
                row.add(places(s.evidence().best(), s.evidence().worst()));
            }
            if (counted) {
                row.add(battles(s));
            }
            if (grouped) {
                row.add(Cell.count(s.group() + 1));
            }
            rows.add(row);
        }
        return new Table(title, "", columns, rows);
    }

    /** The number of battles, and whether they are few. */
    static Cell battles(Standing s) {
        Cell battles = Cell.number(s.evidence().battles(), 0);
        return s.evidence().provisional() ? new Cell(battles.shown(), "provisional", battles.value()) : battles;
    }

    static Cell places(int best, int worst) {
        return best == 0 ? Cell.missing() : Cell.text(best == worst ? "" + best : best + "–" + worst);
    }

    /** A rating with its interval, and a letter where that is of another kind than usual. */
    static Cell rating(Standing s) {
        int decimals = Math.max(Math.abs(s.rating()), Math.abs(s.low())) >= 100 && Double.isFinite(s.low()) ? 0 : 3;
        Cell rating = Double.isNaN(s.rating()) ? Cell.missing() : Cell.number(s.rating(), decimals);
        if (!s.hasInterval()) {
            return rating;
        }
        return new Cell(
                rating.shown(), end(s.low(), decimals) + " to " + end(s.high(), decimals) + letter(s), s.rating());
    }

    private static String end(double end, int decimals) {
        return Double.isInfinite(end)
                ? (end > 0 ? "∞" : "−∞")
                : Cell.number(end, decimals).shown();
    }

    private static String letter(Standing s) {
        return switch (s.evidence().interval()) {
            case LIKELIHOOD_RATIO -> " L";
            case POSTERIOR -> " P";
            case NONE, SANDWICH, FISHER, BOOTSTRAP, RATING_DEVIATION -> "";
        };
    }

    /**
     * Several boards side by side: the rank and the rating of each item by each model, in the order of the first board.
     *
     * @param most items shown
     */
    public static Table sideBySide(List<Board> boards, int most) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.text("item")));
        for (Board board : boards) {
            columns.add(Table.Column.number(board.model()));
        }
        List<List<Cell>> rows = new ArrayList<>();
        List<Standing> first = boards.getFirst().standings();
        for (Standing s : first.subList(0, Math.min(most, first.size()))) {
            List<Cell> row = new ArrayList<>(List.of(Cell.name(s.item())));
            for (Board board : boards) {
                Optional<Standing> there = board.of(s.item());
                row.add(there.map(t -> new Cell(
                                t.rank() > 0 ? Integer.toString(t.rank()) : "–",
                                rating(t).shown(),
                                Double.NaN))
                        .orElse(Cell.missing()));
            }
            rows.add(row);
        }
        return new Table("Rank (and rating) by each method", "", columns, rows);
    }

    /** Other estimates of a model, such as a home advantage; empty if there are none. */
    public static Optional<Table> quantities(String title, Board board) {
        if (board.quantities().isEmpty()) {
            return Optional.empty();
        }
        boolean tested = board.quantities().stream().anyMatch(q -> !Double.isNaN(q.pValue()));
        List<List<Cell>> rows = new ArrayList<>();
        for (Quantity q : board.quantities()) {
            int decimals = Math.abs(q.value()) >= 1000 ? 1 : 4;
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.text(q.name()),
                    Double.isNaN(q.low())
                            ? Cell.number(q.value(), decimals)
                            : new Cell(
                                    Cell.number(q.value(), decimals).shown(),
                                    Cell.number(q.low(), decimals).shown() + " to "
                                            + Cell.number(q.high(), decimals).shown(),
                                    q.value())));
            if (tested) {
                row.add(
                        Double.isNaN(q.pValue())
                                ? Cell.missing()
                                : Cell.text(String.format(Locale.ROOT, "%.2g", q.pValue())));
            }
            rows.add(row);
        }
        List<Table.Column> columns =
                new ArrayList<>(List.of(Table.Column.text("estimate"), Table.Column.number("value")));
        if (tested) {
            columns.add(Table.Column.text("p"));
        }
        return Optional.of(new Table(title, "", columns, rows));
    }

    /** How certain a board is, in sentences. */
    public static List<String> certainty(Board board, Optional<Sensitivity> fewest, Optional<Agreement> agreement) {
        List<String> sentences = new ArrayList<>();
        double separability = Separability.of(board);
        if (!Double.isNaN(separability)) {
            sentences.add(String.format(
                    Locale.ROOT, "Separability: %.1f %% of pairs have non-overlapping intervals.", 100 * separability));
        }
        fewest.ifPresent(found -> sentences.add(String.format(
                Locale.ROOT,
                "Sensitivity: %s loses the first place to %s if %s of %,d (%.2f %%) are removed.",
                found.top(),
                found.rival(),
                Count.of(found.battles(), "battle"),
                found.of(),
                100.0 * found.battles() / found.of())));
        agreement.ifPresent(found -> sentences.add(String.format(
                Locale.ROOT,
                "Agreement on %s: %.3f with confidence (Arena-Hard), Kendall %.3f, Spearman %.3f.",
                Count.of(found.items(), "item"),
                found.agreement(),
                found.kendall(),
                found.spearman())));
        return sentences;
    }
}
