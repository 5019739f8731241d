package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.thurstone.data.Count;
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
import org.thurstone.worlds.language.Warning;

/** The report of offline training: tables for the terminal, the page, and notes. */
public final class OfflineReport {

    private static final int BINS = 60;

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
        if (curves.evaluations().isEmpty() && !curves.steps().isEmpty()) {
            long steps = curves.steps().size();
            long epoch = outcome.counts().stepsPerEpoch();
            text.append("%s; training loss %.4f at the first step, %.4f on average over the last epoch%n"
                    .formatted(
                            Count.of(steps, "step"),
                            figure(curves.steps().getFirst(), "loss"),
                            curves.trainingLoss(steps - epoch, steps)));
        }
        outcome.warnings().forEach(w -> text.append('\n').append(w.line()).append('\n'));
        notes().stream()
                .filter(n -> n.kind() == Note.Kind.INFO)
                .forEach(n -> text.append('\n')
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
        if (!outcome.counts().notes().isEmpty()) {
            sections.add(remarks());
        }
        sections.add(new Code(
                "Recipe", "Fully resolved: this file, these inputs and this version give this run again.", resolved));
        sections.add(facts());
        new Report("Thurstone training", subtitle(), sections, version).write(file);
    }

    private String subtitle() {
        return "%s, %s, %,d held out, seed %d"
                .formatted(
                        Count.of(outcome.counts().training(), "example"),
                        Count.of(outcome.recipe().training().epochs(), "epoch"),
                        outcome.counts().heldOut(),
                        outcome.recipe().seed());
    }

    private Headline headline() {
        MetricsRow first = curves.evaluations().getFirst();
        boolean lowered = curves.best().step() > 0;
        MetricsRow last =
                lowered ? curves.best() : curves.evaluations().getLast(); // what policy/ is, if it was trained
        List<Headline.Figure> figures = new ArrayList<>();
        String sentence;
        if (!lowered) {
            sentence =
                    "Training did not lower the held-out loss, which was %s and %s after %s: policy/ is the initial model."
                            .formatted(
                                    decimals(figure(first, "loss")),
                                    decimals(figure(last, "loss")),
                                    epochs(outcome.epoch(last)));
        } else if (curves.pairs()) {
            double length = Math.max(figure(last, "shorter_wins"), figure(last, "longer_wins"));
            String by = figure(last, "shorter_wins") >= figure(last, "longer_wins") ? "shorter" : "longer";
            String against = figure(last, "accuracies/low") > length
                    ? "more than"
                    : figure(last, "accuracies/high") < length ? "less than" : "not significantly different from";
            sentence = ("After %s the implicit reward is right about %s of %,d held-out pairs (95 %% interval %s – %s):"
                            + " %s the %s that always saying \"the %s one\" would be right about.")
                    .formatted(
                            epochs(outcome.epoch(last)),
                            percent(figure(last, "rewards/accuracies")),
                            (long) figure(last, "examples"),
                            percent(figure(last, "accuracies/low")),
                            percent(figure(last, "accuracies/high")),
                            against,
                            percent(length),
                            by);
            figures.add(new Headline.Figure(
                    percent(figure(last, "rewards/accuracies")),
                    "held-out accuracy",
                    "95 % interval " + percent(figure(last, "accuracies/low")) + " – "
                            + percent(figure(last, "accuracies/high"))));
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
        if (!Double.isNaN(figure(last, "kl"))) {
            figures.add(new Headline.Figure(
                    decimals(figure(last, "kl")), "nats from the reference", "per held-out completion"));
        }
        return new Headline(sentence, figures);
    }

    private List<Note> notes() {
        List<Note> notes =
                new ArrayList<>(outcome.warnings().stream().map(Warning::note).toList());
        for (OfflineData.FileColumns file : outcome.counts().columns()) {
            if (!file.lines().isEmpty()) {
                notes.add(Note.info(
                        file.read().isEmpty() ? file.file() : "columns of " + file.file(),
                        String.join("; ", file.lines())));
            }
        }
        if (curves.evaluations().isEmpty()) {
            notes.add(Note.info(
                    "nothing was held out",
                    "policy/ is the model after the last step, and how well it generalises is not known; set"
                            + " held-out or held-out-share"));
        } else {
            notes.add(Note.info(
                    "policy/ and last/",
                    "policy/ is the model with the lowest held-out loss, %s; last/ is the model after the last step"
                            .formatted(
                                    outcome.policyEpoch() == 0
                                            ? "which is the initial one: training did not lower it"
                                            : "after " + epochs(outcome.policyEpoch()))));
        }
        return notes;
    }

    private Lines accuracy() {
        double end = outcome.epoch(curves.evaluations().getLast());
        MetricsRow last = curves.evaluations().getLast();
        return new Lines(
                "Held-out accuracy of the implicit reward",
                "Bars are 95 % intervals; dashed is what length alone would be right about. Before the first step"
                        + " policy and reference are the same, and no pair is won.",
                Axis.of("epoch"),
                Axis.percent("accuracy"),
                List.of(
                        Series.of(
                                "implicit reward",
                                curves.evaluations().stream()
                                        .filter(r -> r.values().containsKey("accuracies/low"))
                                        .map(r -> Point.of(
                                                outcome.epoch(r),
                                                figure(r, "rewards/accuracies"),
                                                figure(r, "accuracies/low"),
                                                figure(r, "accuracies/high")))
                                        .toList()),
                        Series.level("shorter wins", figure(last, "shorter_wins"), 0, end),
                        Series.level("longer wins", figure(last, "longer_wins"), 0, end)));
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
                "Training: means over neighbouring steps with their 95 % interval. Where held out rises and training"
                        + " falls, the model learns by heart.",
                Axis.of("epoch"),
                Axis.of("loss"),
                series);
    }

    private Panels movement() {
        List<Section> panels = new ArrayList<>();
        if (curves.pairs()) {
            panels.add(heldOut("Margin of implicit rewards", "β × nats", List.of("rewards/margins")));
            panels.add(heldOut("Implicit rewards", "β × nats", List.of("rewards/chosen", "rewards/rejected")));
            panels.add(heldOut("Log-probability", "nats a completion", List.of("logps/chosen", "logps/rejected")));
        } else {
            panels.add(heldOut("Log-probability", "nats a completion", List.of("logps")));
        }
        panels.add(heldOut("Divergence from the reference (KL on the data)", "nats a completion", List.of("kl")));
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
                        !r.values().containsKey("accuracies/low")
                                ? Cell.missing()
                                : Cell.percent(
                                        figure(r, "rewards/accuracies"),
                                        figure(r, "accuracies/low"),
                                        figure(r, "accuracies/high")),
                        Cell.percent(figure(r, "shorter_wins")),
                        Cell.number(figure(r, "rewards/margins"), 3)));
            }
            row.add(Double.isNaN(figure(r, "kl")) ? Cell.missing() : Cell.number(figure(r, "kl"), 2));
            rows.add(row);
            before = r.step();
        }
        return new Table(
                "Evaluations",
                "On %,d held-out examples; accuracy with its 95 %% interval; margin of implicit rewards; KL from the reference, on the data, in nats per completion; the training loss is the mean since the row before."
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

    private Table remarks() {
        return new Table(
                "Remarks on rows that were kept",
                "A row may have several.",
                List.of(Column.number("count"), Column.text("remark")),
                outcome.counts().notes().entrySet().stream()
                        .map(note -> List.of(Cell.count(note.getValue()), Cell.text(note.getKey())))
                        .toList());
    }

    private Facts facts() {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        outcome.inputs().sha256().forEach((file, hash) -> facts.put(file, "SHA-256 " + hash));
        facts.put("steps", curves.steps().size() + ", " + outcome.counts().stepsPerEpoch() + " per epoch");
        facts.put("tokens per second", "%,.0f in the median step".formatted(median()));
        facts.put("Java", Runtime.version().toString());
        return Facts.of("Inputs and machine", facts);
    }

    private double median() {
        double[] speeds = curves.steps().stream()
                .mapToDouble(r -> figure(r, "tokens_per_second"))
                .toArray();
        return speeds.length == 0 ? 0 : Quantiles.median(speeds);
    }

    private static double figure(MetricsRow row, String name) {
        return Curves.figure(row, name);
    }

    private static String epochs(double count) {
        return Outcome.epochs(count);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.3f" : "%,.0f", value);
    }
}
