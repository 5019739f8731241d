package org.thurstone.cli.rank;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.certainty.Calibration;
import org.thurstone.rank.certainty.History;
import org.thurstone.rank.certainty.Separability;
import org.thurstone.rank.certainty.WhatIf;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.pairs.Sensitivity;
import org.thurstone.report.Axis;
import org.thurstone.report.Bars;
import org.thurstone.report.Cell;
import org.thurstone.report.Headline;
import org.thurstone.report.Lines;
import org.thurstone.report.Note;
import org.thurstone.report.Point;
import org.thurstone.report.Report;
import org.thurstone.report.Section;
import org.thurstone.report.Series;
import org.thurstone.report.Table;

/**
 * A board as a page: who leads and how surely, the ranking with intervals, who beat whom, what would change without some votes, whether
 * forecasts come true, and ratings over time. A part for which the votes have nothing is left out.
 *
 * @param name the file's
 * @param all of the models; the page tells the first in full
 */
public record BoardPage(
        String name,
        VoteFile file,
        List<Ranked> all,
        Inference inference,
        Optional<Sensitivity> fewest,
        Optional<Agreement> agreement,
        String version) {

    private static final int BARS = 40;
    private static final int MATRIX = 16;
    private static final int ANNOTATORS = 12;
    private static final int DRAWS = 20;
    private static final int CURVES = 6;
    private static final int MOMENTS = 16;
    private static final double SECONDS_A_YEAR = 365.2425 * 86_400;

    public BoardPage {
        all = List.copyOf(all);
    }

    private Board board() {
        return all.getFirst().board();
    }

    public Report report() {
        List<Section> sections = new ArrayList<>();
        sections.add(headline());
        notes(sections);
        sections.add(bars());
        sections.add(RankTables.board("Standings", board(), Integer.MAX_VALUE));
        if (all.size() > 1) {
            sections.add(RankTables.sideBySide(all.stream().map(Ranked::board).toList(), Integer.MAX_VALUE));
        }
        all.forEach(r -> RankTables.quantities("What else " + r.board().model() + " estimates", r.board())
                .ifPresent(sections::add));
        all.getFirst()
                .by()
                .forEach((value, apart) ->
                        sections.add(RankTables.board("Only " + (value.isEmpty() ? "(none)" : value), apart, BARS)));
        sections.add(matrix());
        if (file.votes() instanceof Battles battles) {
            RankingModel model = all.getFirst().model();
            whatIf(model, battles).ifPresent(sections::add);
            Calibration.of(model, battles, 5, 10, inference.seed())
                    .map(this::calibration)
                    .ifPresent(sections::add);
            overTime(model, battles).ifPresent(sections::add);
        }
        return new Report(
                "Ranking of " + name,
                String.format(
                        Locale.ROOT,
                        "%s of %s of %,d items",
                        board().model(),
                        RankTables.size(file.votes()),
                        file.votes().items().size()),
                sections,
                version);
    }

    private Headline headline() {
        List<Standing> standings = board().standings();
        Standing top = standings.getFirst();
        long contenders = standings.stream().filter(s -> s.best() == 1).count();
        String sentence;
        if (top.group() != standings.getLast().group()) {
            sentence = top.item() + " comes first, but the votes do not make all items comparable.";
        } else if (Double.isNaN(top.low())) {
            sentence = top.item() + " comes first; this model has no intervals that say how surely.";
        } else if (contenders == 1) {
            sentence = top.item() + " is the best of " + standings.size() + ", and surely so.";
        } else {
            sentence = top.item() + " comes first of " + standings.size() + "; " + contenders
                    + " of them may be the best.";
        }
        List<Headline.Figure> figures = new ArrayList<>();
        figures.add(new Headline.Figure(
                RankTables.size(file.votes()).replaceAll(" .*", ""),
                RankTables.size(file.votes()).replaceAll(".* ", ""),
                String.format(Locale.ROOT, "of %,d items", standings.size())));
        double apart = Separability.of(board());
        if (!Double.isNaN(apart)) {
            figures.add(new Headline.Figure(
                    String.format(Locale.ROOT, "%.0f %%", 100 * apart),
                    "of pairs set apart",
                    "by intervals of " + percent(inference.level())));
        }
        fewest.ifPresent(found -> figures.add(new Headline.Figure(
                String.format(Locale.ROOT, "%,d", found.battles()),
                "votes hold the top",
                "without these, " + found.rival() + " leads")));
        agreement.ifPresent(found -> figures.add(new Headline.Figure(
                String.format(Locale.ROOT, "%.2f", found.agreement()),
                "agreement with the other board",
                String.format(Locale.ROOT, "Kendall %.2f on %d items", found.kendall(), found.items()))));
        return new Headline(sentence, figures);
    }

    private void notes(List<Section> sections) {
        all.forEach(r -> r.board()
                .remarks()
                .forEach(remark -> sections.add(Note.warning(r.board().model(), remark + "."))));
        file.remarks().forEach(remark -> sections.add(Note.info("The file", remark + ".")));
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(100 * share)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    /** Bars begin at the mean, which on Elo's scale is not zero. */
    private Section bars() {
        List<Standing> rated = board().standings().stream()
                .filter(s -> Double.isFinite(s.rating()))
                .toList();
        double mean = rated.stream().mapToDouble(Standing::rating).average().orElse(0);
        double origin = Math.abs(mean) < 1e-6 ? 0 : mean;
        List<Bars.Bar> bars = rated.stream()
                .limit(BARS)
                .map(s -> Bars.Bar.of(s.item(), s.rating() - origin, s.low() - origin, s.high() - origin))
                .toList();
        String rest = rated.size() > BARS ? " The first " + BARS + " of " + rated.size() + "." : "";
        return new Bars(
                "Ratings",
                "Lines are intervals of " + percent(inference.level()) + "." + rest,
                Axis.of(board().unit() + ", above or below the mean").fromZero(),
                bars);
    }

    private Section matrix() {
        List<Standing> shown = board().standings().stream().limit(MATRIX).toList();
        Tally tally = file.votes().tally();
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
                double won = wins[indexes.get(i)][other];
                double met = won + wins[other][indexes.get(i)];
                row.add(
                        met == 0
                                ? Cell.text(indexes.get(i) == other ? "" : "–")
                                : new Cell(
                                        String.format(Locale.ROOT, "%.0f", 100 * won / met),
                                        String.format(Locale.ROOT, "%,.0f", met),
                                        won / met));
            }
            rows.add(row);
        }
        return new Table(
                "Who beat whom",
                "How many of a hundred battles the row won against the column, a tie being half a win; small, how many"
                        + " there were.",
                columns,
                rows);
    }

    private Optional<Section> whatIf(RankingModel model, Battles battles) {
        List<WhatIf> tried = new ArrayList<>(
                WhatIf.shares(model, battles, board(), List.of(0.05, 0.2, 0.5), DRAWS, inference.seed()));
        tried.addAll(WhatIf.annotators(model, battles, board(), ANNOTATORS));
        if (tried.isEmpty()) {
            return Optional.empty();
        }
        List<List<Cell>> rows = tried.stream()
                .map(w -> List.of(
                        new Cell(w.without(), String.format(Locale.ROOT, "%,d", w.dropped()), Double.NaN),
                        w.draws() == 1 ? Cell.text(w.sameTop() == 1 ? "yes" : "no") : Cell.percent(w.sameTop()),
                        Cell.number(w.kendall(), 3),
                        Cell.text(w.moved() == 0 ? "nobody" : w.furthest() + " by " + w.moved())))
                .toList();
        return Optional.of(new Table(
                "What if",
                "The board fitted again without some votes (small, how many): whether the top stays, how alike the"
                        + " order is (Kendall's τ, 1 for the same), and who moves furthest. Random"
                        + " shares are dropped " + DRAWS + " times.",
                List.of(
                        Table.Column.text("without"),
                        Table.Column.number("top stays"),
                        Table.Column.number("τ"),
                        Table.Column.text("moves furthest")),
                rows));
    }

    private Section calibration(Calibration calibration) {
        List<Point> points = calibration.bins().stream()
                .map(b -> Point.of(b.expected(), b.observed(), b.low(), b.high()))
                .toList();
        double to = points.stream().mapToDouble(Point::x).max().orElse(1);
        return new Lines(
                "Calibration",
                String.format(
                        Locale.ROOT,
                        "Each fifth of the battles is forecast by a fit to the others. On the dashed line forecasts"
                                + " come true. Log-loss %.4f; knowing nothing loses %.4f.",
                        calibration.logLoss(),
                        calibration.evenLogLoss()),
                Axis.percent("points expected of the stronger one"),
                Axis.percent("points it got"),
                List.of(
                        Series.of("battles", points),
                        Series.control("comes true", List.of(Point.of(0.5, 0.5), Point.of(to, to)))));
    }

    private Optional<Section> overTime(RankingModel model, Battles battles) {
        List<History> history = History.of(model, battles, MOMENTS, inference.withDraws(0));
        if (history.size() < 2) {
            return Optional.empty();
        }
        boolean years = history.getLast().time() - history.getFirst().time() > 2 * SECONDS_A_YEAR;
        double begin = history.getFirst().time();
        List<Series> series = board().standings().stream()
                .limit(CURVES)
                .map(s -> Series.of(
                        s.item(),
                        history.stream()
                                .flatMap(h -> h.board().of(s.item()).stream()
                                        .map(t -> Point.of(
                                                years ? year(h.time()) : (h.time() - begin) / 86_400,
                                                t.rating(),
                                                t.low(),
                                                t.high())))
                                .toList()))
                .toList();
        LocalDate from =
                Instant.ofEpochSecond((long) begin).atZone(ZoneOffset.UTC).toLocalDate();
        return Optional.of(new Lines(
                "Ratings over time",
                "By all votes until then, the mean of those who had any at zero; the first " + CURVES
                        + " of today's board.",
                Axis.of(years ? "year" : "days since " + from),
                Axis.of(history.getLast().board().unit()),
                series));
    }

    private static double year(double time) {
        return 1970 + time / SECONDS_A_YEAR;
    }
}
