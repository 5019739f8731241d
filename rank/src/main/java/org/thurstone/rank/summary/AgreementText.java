package org.thurstone.rank.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.Count;
import org.thurstone.rank.agreement.Aggregation;
import org.thurstone.rank.agreement.LabelCells;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;

/** An agreement summary as text with tables. */
record AgreementText(AgreementSummary summary) {

    /** Rows of a table. */
    private static final int SHOWN = 20;

    private static final int SHOWN_ITEMS = 10;

    /** The least probability of an error that is shown. */
    private static final double WORTH_SHOWING = 0.005;

    private static final int NAMED_CATEGORIES = 12;

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s of %s by %s: %s\n",
                Count.of(summary.labels(), "label"),
                Count.of(summary.items(), "item"),
                Count.of(summary.annotators(), "annotator"),
                summary.categories().size() > NAMED_CATEGORIES
                        ? summary.categories().size() + " categories"
                        : String.join(", ", summary.categories())));
        remarks().forEach(remark -> text.append(remark).append('\n'));
        add(text.append('\n'), coefficients(), coefficientNotes());
        if (summary.perLabel().size() > 1) {
            add(
                    text,
                    perLabel(),
                    note(
                            summary.perLabel().stream()
                                    .anyMatch(l -> l.agreement().value().isEmpty()),
                            "no item that has the label has a second label"));
        }
        if (summary.pairs().isEmpty()) {
            text.append("No two annotators have ")
                    .append(Count.of(summary.settings().shared(), "item"))
                    .append(" in common.\n\n");
        } else {
            add(
                    text,
                    pairs(),
                    note(
                            shownPairs().stream()
                                    .anyMatch(p -> p.kappa().value().isEmpty()),
                            "both annotators gave one and the same label to all items in common"));
        }
        summary.selfAgreement()
                .ifPresent(r -> add(
                        text,
                        repetitions(r),
                        note(r.alpha().value().isEmpty(), "all repeated labels are the same label")));
        add(
                text,
                skills(),
                note(
                        shownSkills().stream()
                                .anyMatch(s -> s.known()
                                        .filter(k -> k.value().isEmpty())
                                        .isPresent()),
                        "the annotator labelled no item whose true label is known"));
        if (!summary.uncertain().isEmpty()) {
            add(
                    text,
                    uncertain(),
                    note(
                            summary.uncertain().stream().limit(SHOWN).anyMatch(u -> u.more() == 0),
                            "the annotators are on average hardly better than chance, so that more of their labels do not help"));
        }
        summary.accuracy().ifPresent(a -> add(text, accuracy(a), List.of()));
        if (!summary.bias().isEmpty()) {
            add(text, bias(), biasNotes());
        }
        return text.toString();
    }

    /** What was taken for what, and what was left out. */
    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        String order = String.join(" < ", summary.categories());
        switch (summary.order().source()) {
            case "given" -> remarks.add("Order, as given: " + order);
            case "recognised" ->
                remarks.add("Order, recognised as " + summary.order().scale() + ": " + order);
            default -> {}
        }
        if (!summary.missing().isEmpty()) {
            int all = summary.missing().values().stream().mapToInt(n -> n).sum();
            remarks.add(Count.of(all, "label is", "labels are") + " missing: "
                    + summary.missing().entrySet().stream()
                            .map(e -> (e.getKey().isBlank() ? "empty" : e.getKey()) + " × " + e.getValue())
                            .collect(Collectors.joining(", ")));
        }
        for (String label : summary.categories()) {
            if (!summary.order().source().equals("given") && LabelCells.isDoubtful(label)) {
                remarks.add(
                        "The label '" + label + "' counts as a label. If it means that there is none, use --missing '"
                                + label + "," + String.join(",", LabelCells.MISSING) + "'.");
            }
        }
        if (summary.fixed() > 0) {
            remarks.add("The true labels of " + Count.of(summary.fixed(), "item is", "items are")
                    + " fixed in all methods, which are not measured by them.");
        }
        summary.selfAgreement()
                .ifPresent(
                        r -> remarks.add(
                                Count.of(
                                                r.annotators().stream()
                                                        .mapToInt(a -> a.same().count())
                                                        .sum(),
                                                "item was",
                                                "items were")
                                        + " labelled by an annotator more than once: the first label counts, and all of them for self-agreement."));
        if (summary.ties() > 0) {
            remarks.add(Count.of(summary.ties(), "item has", "items have")
                    + " several most frequent labels; such a tie counts as right by its share.");
        }
        return remarks;
    }

    private static void add(StringBuilder text, Table table, List<String> notes) {
        text.append(TerminalTable.of(table, false));
        notes.forEach(note -> text.append(note).append('\n'));
        text.append('\n');
    }

    private static List<String> note(boolean isMissing, String reason) {
        return isMissing ? List.of("– : " + reason + ".") : List.of();
    }

    private Table coefficients() {
        return new Table(
                "Agreement of all annotators, 95 % interval",
                "",
                List.of(Column.text("coefficient"), Column.number("value"), Column.number("items")),
                summary.coefficients().stream()
                        .map(c -> List.of(
                                Cell.text(c.name()),
                                c.value().cell(),
                                Cell.count(c.value().count())))
                        .toList());
    }

    private List<String> coefficientNotes() {
        return summary.coefficients().stream()
                .flatMap(c -> c
                        .reason()
                        .map(reason -> (c.value().value().isEmpty() ? "– : " : "No interval: ") + reason + ".")
                        .stream())
                .distinct()
                .toList();
    }

    private Table perLabel() {
        int all = summary.perLabel().stream()
                .mapToInt(AgreementSummary.LabelAgreement::given)
                .sum();
        List<List<Cell>> rows = summary.perLabel().stream()
                .limit(SHOWN)
                .map(l -> List.of(
                        Cell.name(l.label()),
                        Cell.count(l.given()),
                        Cell.percent((double) l.given() / all),
                        l.agreement().percent()))
                .toList();
        String which = summary.perLabel().size() > SHOWN
                ? ", the first " + SHOWN + " of " + summary.perLabel().size()
                : "";
        return new Table(
                "Agreement on each label" + which,
                "",
                List.of(
                        Column.text("label"),
                        Column.number("given"),
                        Column.number("share"),
                        Column.number("another annotator gives it, too")),
                rows);
    }

    private static Table repetitions(AgreementSummary.Repetitions repetitions) {
        List<List<Cell>> rows = new ArrayList<>(repetitions.annotators().stream()
                .sorted(Comparator.comparingDouble(a -> a.same().value().orElse(2.0)))
                .limit(SHOWN)
                .map(a -> List.of(
                        Cell.name(a.annotator()),
                        Cell.count(a.same().count()),
                        a.same().percent()))
                .toList());
        rows.add(List.of(
                Cell.text("Krippendorff's alpha of all"),
                Cell.count(repetitions.alpha().count()),
                repetitions.alpha().cell()));
        return new Table(
                "Self-agreement: items labelled more than once by an annotator",
                "",
                List.of(Column.text("annotator"), Column.number("items"), Column.number("same label again")),
                rows);
    }

    private Table uncertain() {
        int more = summary.uncertain().stream()
                .mapToInt(AgreementSummary.UncertainItem::more)
                .sum();
        List<List<Cell>> rows = summary.uncertain().stream()
                .limit(SHOWN_ITEMS)
                .map(u -> List.of(
                        Cell.name(u.item()),
                        Cell.count(u.labels()),
                        Cell.text(String.join(" / ", u.best())),
                        Cell.percent(u.probability()),
                        u.more() == 0 ? Cell.missing() : Cell.count(u.more())))
                .toList();
        String which = summary.uncertain().size() > SHOWN_ITEMS
                ? " (the " + SHOWN_ITEMS + " least certain of "
                        + summary.uncertain().size() + ")"
                : "";
        return new Table(
                "Items that need more labels" + which + ": their label is less probable than "
                        + Cell.percent(summary.settings().minProbability()).shown()
                        + (more == 0 ? "" : "; about " + Count.of(more, "label") + " in all"),
                "",
                List.of(
                        Column.text("item"),
                        Column.number("labels"),
                        Column.text("most probable"),
                        Column.number("probability"),
                        Column.number("further labels")),
                rows);
    }

    /** The pairs of which it is most certain that they agree little: a low kappa of few items may be chance. */
    private List<AgreementSummary.Pair> shownPairs() {
        return summary.pairs().stream()
                .sorted(Comparator.comparingDouble(p -> p.kappa().high().orElse(2.0)))
                .limit(SHOWN)
                .toList();
    }

    private Table pairs() {
        boolean isWeighted = summary.pairs().stream().anyMatch(p -> p.linear().isPresent());
        List<List<Cell>> rows = shownPairs().stream()
                .map(p -> {
                    List<Cell> row = new ArrayList<>(List.of(
                            Cell.name(p.first()),
                            Cell.name(p.second()),
                            Cell.count(p.agreement().count()),
                            p.agreement().percent(),
                            p.kappa().cell()));
                    if (isWeighted) {
                        row.add(p.linear().map(Interval::cell).orElse(Cell.missing()));
                        row.add(p.quadratic().map(Interval::cell).orElse(Cell.missing()));
                    }
                    row.add(Cell.text(
                            p.disagreements() == 0
                                    ? ""
                                    : String.join(" / ", p.disagreement()) + " × " + p.disagreements()));
                    return row;
                })
                .toList();
        String which = summary.pairs().size() > SHOWN
                ? ", the " + SHOWN + " pairs with the lowest upper end of kappa of "
                        + summary.pairs().size()
                : "";
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("first"),
                Column.text("second"),
                Column.number("items"),
                Column.number("same label"),
                Column.number("Cohen's kappa")));
        if (isWeighted) {
            columns.add(Column.number("linear weights"));
            columns.add(Column.number("quadratic weights"));
        }
        columns.add(Column.text("most frequent disagreement"));
        return new Table("Disagreement by pair of annotators" + which, "", columns, rows);
    }

    private List<AgreementSummary.Skill> shownSkills() {
        return summary.skills().stream()
                .sorted(Comparator.comparingDouble(AgreementSummary.Skill::dawidSkene))
                .limit(SHOWN)
                .toList();
    }

    private Table skills() {
        boolean hasKnown = summary.skills().stream().anyMatch(s -> s.known().isPresent());
        boolean hasGlad =
                summary.skills().stream().anyMatch(s -> s.gladAbility().isPresent());
        boolean hasMace = summary.skills().stream().anyMatch(s -> s.mace().isPresent());
        List<Column> columns = new ArrayList<>(
                List.of(Column.text("annotator"), Column.number("labels"), Column.number("accuracy (Dawid–Skene)")));
        if (hasGlad) columns.add(Column.number("ability (GLAD)"));
        if (hasMace) columns.add(Column.number("competence (MACE)"));
        if (hasKnown) columns.add(Column.number("on known labels"));
        columns.add(Column.text("most frequent error"));
        columns.add(Column.number("further labels"));
        List<List<Cell>> rows = shownSkills().stream()
                .map(s -> {
                    List<Cell> row = new ArrayList<>(List.of(
                            Cell.name(s.annotator()),
                            Cell.count(s.labels()),
                            Cell.percent(
                                    s.dawidSkene(),
                                    s.interval().low(),
                                    s.interval().high())));
                    s.gladAbility().ifPresent(a -> row.add(Cell.number(a, 2)));
                    s.mace().ifPresent(m -> row.add(Cell.percent(m)));
                    s.known().ifPresent(k -> row.add(k.percent()));
                    row.add(Cell.text(s.error()
                            .filter(e -> e.probability() >= WORTH_SHOWING)
                            .map(e -> e.truth() + " → " + e.given() + " "
                                    + Cell.percent(e.probability()).shown())
                            .orElse("")));
                    row.add(Cell.count(s.more()));
                    return row;
                })
                .toList();
        String which = summary.skills().size() > SHOWN
                ? ", the " + SHOWN + " weakest of " + summary.skills().size()
                : "";
        return new Table(
                "Annotator skill" + which + "; further labels make the accuracy certain to ±10 %", "", columns, rows);
    }

    private static Table accuracy(Map<String, Interval> accuracies) {
        int items = accuracies.values().stream().mapToInt(Interval::count).max().orElse(0);
        return new Table(
                "Accuracy against the true labels of " + Count.of(items, "item"),
                "",
                List.of(Column.text("aggregation"), Column.highest("accuracy")),
                Stream.of(Aggregation.Method.values())
                        .flatMap(method -> Optional.ofNullable(accuracies.get(method.key())).stream()
                                .map(share -> List.of(Cell.text(method.title()), share.percent())))
                        .toList());
    }

    private List<String> biasNotes() {
        List<AgreementSummary.BiasEstimates> shown =
                summary.bias().stream().limit(SHOWN).toList();
        List<String> notes = new ArrayList<>();
        if (shown.stream().anyMatch(b -> b.first().value().isEmpty())) {
            notes.add("– under prefers the first: all verdicts are ties.");
        }
        if (shown.stream().anyMatch(b -> b.consistent().isEmpty())) {
            notes.add("– under same in both orders: no pair was shown to the annotator in both orders.");
        }
        if (shown.stream().anyMatch(b -> b.longer().isEmpty())) {
            notes.add(
                    "– under prefers the longer: no decided verdict is on answers whose lengths are known and differ.");
        }
        if (shown.stream().anyMatch(b -> b.lengthEffect().isEmpty())) {
            notes.add(
                    "– under log-odds per doubling of length: fewer than three verdicts with lengths, or too one-sided to tell.");
        }
        if (shown.stream().anyMatch(b -> b.selfPreference().isEmpty())) {
            notes.add(
                    "– under self-preference: no answer is by a model with the annotator's name that others judged, too.");
        }
        return notes;
    }

    private Table bias() {
        List<List<Cell>> rows = summary.bias().stream()
                .limit(SHOWN)
                .map(b -> List.of(
                        Cell.name(b.annotator()),
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
                        Column.number("prefers the first"),
                        Column.number("same in both orders"),
                        Column.number("prefers the longer"),
                        Column.number("log-odds per doubling of length"),
                        Column.number("self-preference")),
                rows);
    }
}
