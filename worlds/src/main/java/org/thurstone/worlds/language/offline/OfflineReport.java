package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.thurstone.loop.metrics.MetricsRow;
import org.thurstone.report.Axis;
import org.thurstone.report.Cell;
import org.thurstone.report.Code;
import org.thurstone.report.Facts;
import org.thurstone.report.Headline;
import org.thurstone.report.Lines;
import org.thurstone.report.Note;
import org.thurstone.report.Panels;
import org.thurstone.report.Point;
import org.thurstone.report.Report;
import org.thurstone.report.Section;
import org.thurstone.report.Series;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;
import org.thurstone.statistics.Quantiles;

/** What a training on a file says of itself: the table for the terminal, the page, and the notes of both. */
public final class OfflineReport {

    private static final int BINS = 60;

    /** Above this share of rows that were left out, the rest may be of another kind than the whole. */
    private static final double MANY = 0.1;

    private final Outcome outcome;
    private final String resolved;
    private final String version;
    private final Curves curves;

    /** @param resolved the recipe as it is kept in the run directory */
    public OfflineReport(Outcome outcome, String resolved, String version) {
        this.outcome = outcome;
        this.resolved = resolved;
        this.version = version;
        this.curves = outcome.curves();
    }

    /** @param styled whether the terminal shows bold and faint */
    public String terminal(boolean styled) {
        StringBuilder text = new StringBuilder();
        if (!curves.evaluations().isEmpty()) {
            text.append(TerminalTable.of(evaluations(), styled));
        }
        notes().forEach(n -> text.append('\n')
                .append(n.title())
                .append(": ")
                .append(n.text())
                .append('\n'));
        return text.toString();
    }

    public void write(Path file) {
        List<Section> sections = new ArrayList<>();
        if (!curves.evaluations().isEmpty()) {
            sections.add(headline());
        }
        sections.addAll(notes());
        if (curves.pairs()) {
            sections.add(accuracy());
        }
        sections.add(losses());
        if (!curves.evaluations().isEmpty()) {
            sections.add(movement());
            sections.add(evaluations());
        }
        if (!outcome.counts().drops().isEmpty()) {
            sections.add(drops());
        }
        sections.add(new Code(
                "Recipe", "Fully resolved: this file, these inputs and this version give this run again.", resolved));
        sections.add(facts());
        new Report("Thurstone training", subtitle(), sections, version).write(file);
    }

    private String subtitle() {
        return "%,d examples, %d epochs, %,d held out, seed %d"
                .formatted(
                        outcome.counts().training(),
                        outcome.recipe().training().epochs(),
                        outcome.counts().heldOut(),
                        outcome.recipe().seed());
    }

    private Headline headline() {
        MetricsRow first = curves.evaluations().getFirst();
        MetricsRow last = curves.evaluations().getLast();
        List<Headline.Figure> figures = new ArrayList<>();
        String sentence;
        if (curves.pairs()) {
            double length = Math.max(figure(last, "shorter-wins"), figure(last, "longer-wins"));
            String by = figure(last, "shorter-wins") >= figure(last, "longer-wins") ? "shorter" : "longer";
            String against = figure(last, "accuracy/low") > length
                    ? "more than"
                    : figure(last, "accuracy/high") < length ? "less than" : "not to be told apart from";
            sentence = ("After %s the implicit reward is right about %s of %,d held-out pairs (95 %% interval %s – %s):"
                            + " %s the %s that always saying \"the %s one\" would be right about.")
                    .formatted(
                            epochs(outcome.epoch(last)),
                            percent(figure(last, "accuracy")),
                            (long) figure(last, "examples"),
                            percent(figure(last, "accuracy/low")),
                            percent(figure(last, "accuracy/high")),
                            against,
                            percent(length),
                            by);
            figures.add(new Headline.Figure(
                    percent(figure(last, "accuracy")),
                    "held-out accuracy",
                    "95 % interval " + percent(figure(last, "accuracy/low")) + " – "
                            + percent(figure(last, "accuracy/high"))));
            figures.add(
                    new Headline.Figure(percent(length), "\"the " + by + " wins\"", "the accuracy of length alone"));
        } else {
            sentence = "After %s the held-out loss went from %s to %s."
                    .formatted(
                            epochs(outcome.epoch(last)),
                            decimals(figure(first, "loss")),
                            decimals(figure(last, "loss")));
        }
        figures.add(new Headline.Figure(
                decimals(figure(last, "loss")), "held-out loss", "was " + decimals(figure(first, "loss"))));
        if (!Double.isNaN(figure(last, "divergence"))) {
            figures.add(new Headline.Figure(
                    decimals(figure(last, "divergence")), "nats from the reference", "a held-out completion"));
        }
        return new Headline(sentence, figures);
    }

    private List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        if (outcome.overfitted()) {
            MetricsRow best = curves.best();
            MetricsRow last = curves.evaluations().getLast();
            notes.add(Note.warning(
                    "overfitting",
                    "the held-out loss was lowest after %s (%s) and has risen since (%s), while the training loss went on falling: what came after was learned by heart. Train no longer than that with training.epochs, or lower training.learning-rate"
                            .formatted(
                                    epochs(outcome.epoch(best)),
                                    decimals(figure(best, "loss")),
                                    decimals(figure(last, "loss")))));
        }
        long rows = outcome.counts().training() + outcome.counts().heldOut() + outcome.dropped();
        if (outcome.dropped() > MANY * rows) {
            OfflineData.Drop most = outcome.counts().drops().getFirst();
            notes.add(Note.warning(
                    "many rows were dropped",
                    "%,d of %,d, most of them because %s; what is left may be of another kind than the whole"
                            .formatted(outcome.dropped(), rows, most.reason())));
        }
        for (OfflineData.FileColumns file : outcome.counts().columns()) {
            if (!file.lines().isEmpty()) {
                notes.add(Note.info(
                        file.read().isEmpty() ? file.file() : "columns of " + file.file(),
                        String.join("; ", file.lines())));
            }
        }
        if (curves.evaluations().isEmpty()) {
            notes.add(Note.info(
                    "nothing was held out", "how well this generalises is not known; say held-out or held-out-share"));
        }
        return notes;
    }

    private Lines accuracy() {
        double end = outcome.epoch(curves.evaluations().getLast());
        MetricsRow last = curves.evaluations().getLast();
        return new Lines(
                "Held-out accuracy of the implicit reward",
                "Bars are 95 % intervals; dashed is what length alone would be right about. Where policy and reference are one, before the first step, every pair is a draw.",
                Axis.of("epoch"),
                Axis.percent("accuracy"),
                List.of(
                        Series.of(
                                "implicit reward",
                                curves.evaluations().stream()
                                        .map(r -> Point.of(
                                                outcome.epoch(r),
                                                figure(r, "accuracy"),
                                                figure(r, "accuracy/low"),
                                                figure(r, "accuracy/high")))
                                        .toList()),
                        Series.level("shorter wins", figure(last, "shorter-wins"), 0, end),
                        Series.level("longer wins", figure(last, "longer-wins"), 0, end)));
    }

    private Lines losses() {
        List<Series> series = new ArrayList<>();
        series.add(Series.binned(
                "training",
                curves.steps().stream()
                        .map(r -> Point.of(outcome.epoch(r), figure(r, "loss")))
                        .toList(),
                BINS));
        if (!curves.evaluations().isEmpty()) {
            series.add(Series.of(
                    "held out",
                    curves.evaluations().stream()
                            .map(r -> Point.of(outcome.epoch(r), figure(r, "loss")))
                            .toList()));
        }
        return new Lines(
                "Loss",
                "Training: means over neighbouring steps with their 95 % interval. Where held out rises and training falls, the model learns by heart.",
                Axis.of("epoch"),
                Axis.of("loss"),
                series);
    }

    private Panels movement() {
        List<Section> panels = new ArrayList<>();
        if (curves.pairs()) {
            panels.add(heldOut("Margin", "nats", List.of("rewards/margin")));
            panels.add(heldOut("Implicit rewards", "nats", List.of("rewards/chosen", "rewards/rejected")));
            panels.add(
                    heldOut("Log-probability", "nats a completion", List.of("log-prob/chosen", "log-prob/rejected")));
        } else {
            panels.add(heldOut("Log-probability", "nats a completion", List.of("log-prob")));
        }
        panels.add(
                heldOut("Divergence from the reference (KL on the data)", "nats a completion", List.of("divergence")));
        return new Panels("How far it moved, on held-out examples", panels);
    }

    private Lines heldOut(String title, String unit, List<String> names) {
        return new Lines(
                title,
                "",
                Axis.of("epoch"),
                Axis.of(unit),
                names.stream()
                        .map(name -> Series.of(
                                name.replaceAll(".*/", ""),
                                curves.evaluations().stream()
                                        .map(r -> Point.of(outcome.epoch(r), figure(r, name)))
                                        .toList()))
                        .toList());
    }

    private Table evaluations() {
        List<Column> columns = new ArrayList<>(
                List.of(Column.number("epoch"), Column.number("training loss"), Column.lowest("held-out loss")));
        if (curves.pairs()) {
            columns.addAll(List.of(Column.highest("accuracy"), Column.number("shorter wins"), Column.number("margin")));
        }
        columns.add(Column.number("KL"));
        List<List<Cell>> rows = new ArrayList<>();
        long before = 0;
        for (MetricsRow r : curves.evaluations()) {
            double training = curves.trainingLoss(before, r.step());
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.number(outcome.epoch(r), outcome.epoch(r) == Math.rint(outcome.epoch(r)) ? 0 : 2),
                    Double.isNaN(training) ? Cell.missing() : Cell.number(training, 4),
                    Cell.number(figure(r, "loss"), 4)));
            if (curves.pairs()) {
                row.addAll(List.of(
                        Double.isNaN(figure(r, "accuracy"))
                                ? Cell.missing()
                                : Cell.percent(
                                        figure(r, "accuracy"), figure(r, "accuracy/low"), figure(r, "accuracy/high")),
                        Cell.percent(figure(r, "shorter-wins")),
                        Cell.number(figure(r, "rewards/margin"), 3)));
            }
            row.add(Double.isNaN(figure(r, "divergence")) ? Cell.missing() : Cell.number(figure(r, "divergence"), 2));
            rows.add(row);
            before = r.step();
        }
        return new Table(
                "Evaluations",
                "On %,d held-out examples; accuracy with its 95 %% interval, margin and KL (from the reference, on the data) in nats a completion; the training loss is the mean since the row before."
                        .formatted(outcome.counts().heldOut()),
                columns,
                rows);
    }

    private Table drops() {
        return new Table(
                "Rows left out",
                "By reason; N stands for a number.",
                List.of(Column.number("rows"), Column.text("because"), Column.text("the first")),
                outcome.counts().drops().stream()
                        .map(d -> List.of(Cell.count(d.count()), Cell.text(d.reason()), Cell.text(d.first())))
                        .toList());
    }

    private Facts facts() {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        outcome.inputs().sha256().forEach((file, hash) -> facts.put(file, "SHA-256 " + hash));
        facts.put("steps", curves.steps().size() + ", " + outcome.counts().stepsPerEpoch() + " an epoch");
        facts.put("tokens a second", "%,.0f in the median step".formatted(median()));
        facts.put("Java", Runtime.version().toString());
        return Facts.of("Inputs and machine", facts);
    }

    private double median() {
        double[] speeds = curves.steps().stream()
                .mapToDouble(r -> figure(r, "tokens-per-second"))
                .toArray();
        return speeds.length == 0 ? 0 : Quantiles.median(speeds);
    }

    private static double figure(MetricsRow row, String name) {
        return Curves.figure(row, name);
    }

    private static String epochs(double count) {
        return count == 1
                ? "1 epoch"
                : (count == Math.rint(count) ? Long.toString((long) count) : String.format(Locale.ROOT, "%.2f", count))
                        + " epochs";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
