package org.thurstone.rank.board;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.data.Count;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.certainty.Calibration;
import org.thurstone.rank.certainty.History;
import org.thurstone.report.Axis;
import org.thurstone.report.Bars;
import org.thurstone.report.Lines;
import org.thurstone.report.Point;
import org.thurstone.report.Section;
import org.thurstone.report.Series;

/** The charts of a board's page. */
final class BoardCharts {

    private static final int BARS = 40;
    private static final int CURVES = 6;
    private static final int MOMENTS = 16;
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double SECONDS_PER_YEAR = 365.2425 * SECONDS_PER_DAY;

    private BoardCharts() {}

    /**
     * Ratings with their intervals. Bars begin at the mean, which on Elo's scale is not zero.
     *
     * @param level of the intervals, within (0, 1)
     */
    static Section ratings(Board board, double level) {
        List<Standing> rated = rated(board);
        double mean = rated.stream().mapToDouble(Standing::rating).average().orElse(0);
        double origin = Math.abs(mean) < 1e-6 ? 0 : mean;
        List<Bars.Bar> bars = rated.stream()
                .limit(BARS)
                .map(s -> Bars.Bar.of(s.item(), s.rating() - origin, s.low() - origin, s.high() - origin))
                .toList();
        String rest = rated.size() > BARS ? "The first " + BARS + " of " + rated.size() + "." : "";
        return new Bars(
                "Ratings",
                ((bounded(rated) ? "Lines are intervals of " + percent(level) + ". " : "") + rest).strip(),
                Axis.of(board.unit() + ", above or below the mean").fromZero(),
                bars);
    }

    /** The ratings of more items than there are bars, with their intervals as a band; empty where the bars show all. */
    static Optional<Section> all(Board board, double level) {
        List<Standing> rated = rated(board);
        if (rated.size() <= BARS) {
            return Optional.empty();
        }
        List<Point> points = IntStream.range(0, rated.size())
                .mapToObj(k -> {
                    Standing s = rated.get(k);
                    return Point.of(k + 1, s.rating(), s.low(), s.high());
                })
                .toList();
        return Optional.of(new Lines(
                "All ratings",
                "Of " + Count.of(rated.size(), "item") + " in their order"
                        + (bounded(rated) ? "; the band is the intervals of " + percent(level) + "." : "."),
                Axis.of("place in the order"),
                Axis.of(board.unit()),
                List.of(Series.of("rating", points))));
    }

    private static boolean bounded(List<Standing> rated) {
        return rated.stream().anyMatch(Standing::hasInterval);
    }

    /** Those of the first group: the ratings of others are on another scale. */
    private static List<Standing> rated(Board board) {
        return board.standings().stream()
                .filter(s -> Double.isFinite(s.rating()) && s.group() == 0)
                .toList();
    }

    /** Predicted against observed points of held-out battles. */
    static Section calibration(Calibration calibration) {
        List<Point> points = calibration.bins().stream()
                .map(b -> Point.of(b.expected(), b.observed(), b.low(), b.high()))
                .toList();
        double to = points.stream().mapToDouble(Point::x).max().orElse(1);
        return new Lines(
                "Calibration",
                String.format(
                        Locale.ROOT,
                        "Each fifth of the battles is forecast by a fit to the others. On the dashed line forecasts"
                                + " are calibrated. Log-loss %.4f; of an uninformed forecast %.4f.",
                        calibration.logLoss(),
                        calibration.evenLogLoss()),
                Axis.percent("expected score of the stronger item"),
                Axis.percent("observed score"),
                List.of(
                        Series.of("battles", points),
                        Series.control("calibrated", List.of(Point.of(0.5, 0.5), Point.of(to, to)))));
    }

    /** Ratings of the first items at several times; empty where the battles have no times. */
    static Optional<Section> overTime(RankingModel model, Battles battles, Board board, Inference inference) {
        List<History> history = History.of(model, battles, MOMENTS, inference.withDraws(0));
        if (history.size() < 2) {
            return Optional.empty();
        }
        double begin = history.getFirst().time();
        boolean years = history.getLast().time() - begin > 2 * SECONDS_PER_YEAR;
        List<Series> series = board.standings().stream()
                .limit(CURVES)
                .map(s -> Series.of(
                        s.item(),
                        history.stream()
                                .flatMap(h -> h.board().of(s.item()).stream()
                                        .filter(t -> Double.isFinite(t.rating()))
                                        .map(t -> Point.of(
                                                years ? year(h.time()) : (h.time() - begin) / SECONDS_PER_DAY,
                                                t.rating(),
                                                t.low(),
                                                t.high())))
                                .toList()))
                .toList();
        LocalDate from =
                Instant.ofEpochSecond((long) begin).atZone(ZoneOffset.UTC).toLocalDate();
        return Optional.of(new Lines(
                "Ratings over time",
                "From all votes up to each date, with the mean of the items seen so far at zero; the first " + CURVES
                        + " of today's board. A line begins where the votes determine the rating.",
                Axis.of(years ? "year" : "days since " + from),
                Axis.of(history.getLast().board().unit()),
                series));
    }

    /** A share of one as a percentage with up to four digits. */
    static String percent(double share) {
        return BigDecimal.valueOf(100 * share)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    private static double year(double time) {
        return 1970 + time / SECONDS_PER_YEAR;
    }
}
