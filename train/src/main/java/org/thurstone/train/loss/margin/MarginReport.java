package org.thurstone.train.loss.margin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thurstone.report.Axis;
import org.thurstone.report.Cell;
import org.thurstone.report.Lines;
import org.thurstone.report.Note;
import org.thurstone.report.Point;
import org.thurstone.report.Report;
import org.thurstone.report.Section;
import org.thurstone.report.Series;
import org.thurstone.report.SvgFile;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;

/**
 * Losses as functions of the margin, as a plot and as numbers.
 *
 * @param relative whether each was divided by its slope at margin 0
 */
public record MarginReport(double[] margins, List<MarginCurve> curves, boolean relative) {

    /** Ranges that differ by more than this make the smaller one look flat. */
    private static final int FLAT = 10;

    private static final Axis MARGIN = Axis.of("margin Δ_w − Δ_l (nats)");

    /** A self-contained page. */
    public Report page(String version) {
        List<Section> sections = new ArrayList<>(charts());
        sections.add(table());
        curves.forEach(c -> c.note().ifPresent(note -> sections.add(Note.info(c.name(), note))));
        flattened().ifPresent(note -> sections.add(Note.info("Scale", note)));
        return new Report(
                "Losses along the margin",
                curves.stream().map(MarginCurve::name).collect(Collectors.joining(", ")),
                sections,
                version);
    }

    /** Said where one loss is so large that another one looks flat. */
    public Optional<String> flattened() {
        Comparator<MarginCurve> byRange = Comparator.comparingDouble(MarginReport::range);
        MarginCurve largest = curves.stream().max(byRange).orElseThrow();
        MarginCurve smallest = curves.stream().min(byRange).orElseThrow();
        return relative || !(range(largest) > FLAT * range(smallest))
                ? Optional.empty()
                : Optional.of(
                        "The range of " + largest.name() + " is more than " + FLAT + " times that of " + smallest.name()
                                + ", which looks flat next to it. Option --relative divides each loss by its slope at"
                                + " margin 0.");
    }

    private static double range(MarginCurve curve) {
        DoubleSummaryStatistics values =
                Arrays.stream(curve.loss()).filter(Double::isFinite).summaryStatistics();
        return values.getMax() - values.getMin();
    }

    /** A self-contained drawing. */
    public String svg() {
        return SvgFile.of(charts());
    }

    private List<Lines> charts() {
        String unit = relative ? " / slope at margin 0" : "";
        return List.of(
                new Lines(
                        "Loss",
                        "Loss of a pair at each margin.",
                        MARGIN,
                        Axis.of("loss" + unit),
                        curves.stream().map(c -> series(c.name(), c.loss())).toList()),
                new Lines(
                        "Gradient",
                        "Gradient of the loss of a pair; below 0 the margin is raised.",
                        MARGIN,
                        Axis.of("d loss / d margin" + unit).fromZero(),
                        curves.stream().map(c -> series(c.name(), c.gradient())).toList()));
    }

    private Series series(String name, double[] values) {
        return Series.of(
                name,
                IntStream.range(0, margins.length)
                        .mapToObj(i -> Point.of(margins[i], values[i]))
                        .toList());
    }

    /** Each loss at both ends and in the middle, and where it is lowest. */
    public Table table() {
        int last = margins.length - 1;
        int middle = middle(margins);
        List<Column> columns = new ArrayList<>(List.of(Column.text("loss")));
        for (int i : new int[] {0, middle, last}) {
            columns.add(Column.number("at " + shown(margins[i])));
            columns.add(Column.number("slope"));
        }
        columns.add(Column.number("lowest at"));
        List<List<Cell>> rows = new ArrayList<>();
        for (MarginCurve c : curves) {
            List<Cell> row = new ArrayList<>(List.of(Cell.text(c.name())));
            for (int i : new int[] {0, middle, last}) {
                row.add(Cell.number(c.loss()[i], 4));
                row.add(Cell.number(c.gradient()[i], 4));
            }
            int lowest = IntStream.rangeClosed(0, last)
                    .reduce((a, b) -> c.loss()[b] < c.loss()[a] ? b : a)
                    .orElseThrow();
            row.add(Cell.text(shown(margins[lowest]) + (lowest == 0 || lowest == last ? " (edge)" : "")));
            rows.add(row);
        }
        return new Table("", "", columns, rows);
    }

    /** The place of the margin nearest to 0. */
    public static int middle(double[] margins) {
        return IntStream.range(0, margins.length)
                .reduce((a, b) -> Math.abs(margins[b]) < Math.abs(margins[a]) ? b : a)
                .orElseThrow();
    }

    private static String shown(double margin) {
        return Cell.number(margin, margin == Math.rint(margin) ? 0 : 2).shown();
    }
}
