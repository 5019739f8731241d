package org.thurstone.rank.summary;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;

/** An agreement summary as text with tables. */
record AgreementText(AgreementSummary summary, AgreementStudy.Options options) {

    /** Rows of a table. */
    private static final int SHOWN = 20;

    private static final int NAMED_CATEGORIES = 12;

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d labels of %,d items by %,d annotators: %s\n\n",
                summary.labels(),
                summary.items(),
                summary.annotators(),
                summary.categories().size() > NAMED_CATEGORIES
                        ? summary.categories().size() + " different ones"
                        : String.join(", ", summary.categories())));
        add(text, coefficients());
        if (summary.pairs().isEmpty()) {
            text.append("No two annotators have ").append(options.shared()).append(" items in common.\n\n");
        } else {
            add(text, pairs());
        }
        add(text, skills());
        summary.accuracy().ifPresent(a -> add(text, accuracy(a)));
        if (!summary.bias().isEmpty()) {
            add(text, bias());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, Table table) {
        text.append(TerminalTable.of(table, false)).append('\n');
    }

    private Table coefficients() {
        return new Table(
                "Agreement beyond chance, 95 % interval",
                "",
                List.of(Column.text("coefficient"), Column.number("value"), Column.number("items")),
                List.of(
                        coefficient("Fleiss's kappa", summary.fleiss()),
                        coefficient(
                                "Krippendorff's alpha, "
                                        + options.distance().toString().toLowerCase(Locale.ROOT),
                                summary.krippendorff())));
    }

    private static List<Cell> coefficient(String name, Interval value) {
        return List.of(Cell.text(name), value.cell(), Cell.count(value.count()));
    }

    private Table pairs() {
        List<List<Cell>> rows = summary.pairs().stream()
                .sorted(Comparator.comparingDouble(p -> p.kappa().value().orElse(2.0)))
                .limit(SHOWN)
                .map(p -> List.of(
                        Cell.text(p.first()),
                        Cell.text(p.second()),
                        Cell.count(p.agreement().count()),
                        p.agreement().percent(),
                        p.kappa().cell(),
                        Cell.text(
                                p.disagreements() == 0
                                        ? ""
                                        : String.join(" / ", p.disagreement()) + " × " + p.disagreements())))
                .toList();
        String which = summary.pairs().size() > SHOWN
                ? ", the " + SHOWN + " pairs that disagree most, of "
                        + summary.pairs().size()
                : "";
        return new Table(
                "Disagreement between annotators" + which,
                "",
                List.of(
                        Column.text("first"),
                        Column.text("second"),
                        Column.number("items"),
                        Column.number("same label"),
                        Column.number("Cohen's kappa"),
                        Column.text("most often")),
                rows);
    }

    private Table skills() {
        List<List<Cell>> rows = summary.skills().stream()
                .sorted(Comparator.comparingDouble(AgreementSummary.Skill::dawidSkene))
                .limit(SHOWN)
                .map(s -> List.of(
                        Cell.text(s.annotator()),
                        Cell.count(s.labels()),
                        Cell.percent(s.dawidSkene()),
                        Cell.number(s.gladAbility(), 2)))
                .toList();
        String which = summary.skills().size() > SHOWN
                ? ", the " + SHOWN + " weakest of " + summary.skills().size()
                : "";
        return new Table(
                "Annotator skill" + which,
                "",
                List.of(
                        Column.text("annotator"),
                        Column.number("labels"),
                        Column.number("right (Dawid–Skene)"),
                        Column.number("ability (GLAD)")),
                rows);
    }

    private static Table accuracy(AgreementSummary.Accuracies a) {
        return new Table(
                "Accuracy against the true labels, of " + a.majority().count() + " items",
                "",
                List.of(Column.text("by"), Column.highest("share")),
                List.of(
                        List.of(Cell.text("majority"), a.majority().percent()),
                        List.of(Cell.text("Dawid–Skene"), a.dawidSkene().percent()),
                        List.of(Cell.text("GLAD"), a.glad().percent())));
    }

    private Table bias() {
        List<List<Cell>> rows = summary.bias().stream()
                .limit(SHOWN)
                .map(b -> List.of(
                        Cell.text(b.annotator()),
                        Cell.count(b.verdicts()),
                        Cell.count(b.ties()),
                        b.first().percent(),
                        b.consistent().map(Interval::percent).orElse(Cell.missing()),
                        b.longer().map(Interval::percent).orElse(Cell.missing()),
                        b.lengthEffect().map(Interval::cell).orElse(Cell.missing()),
                        b.selfPreference().map(Interval::cell).orElse(Cell.missing())))
                .toList();
        return new Table(
                "Annotator bias",
                "",
                List.of(
                        Column.text("annotator"),
                        Column.number("verdicts"),
                        Column.number("ties"),
                        Column.number("prefers first"),
                        Column.number("same in both orders"),
                        Column.number("prefers longer"),
                        Column.number("log-odds per doubling of length"),
                        Column.number("self-preference")),
                rows);
    }
}
