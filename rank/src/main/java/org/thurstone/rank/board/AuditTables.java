package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.thurstone.data.Count;
import org.thurstone.rank.audit.Audit;
import org.thurstone.rank.audit.Finding;
import org.thurstone.report.Cell;
import org.thurstone.report.Section;
import org.thurstone.report.SortableTable;
import org.thurstone.report.Table;

/** An audit as a table and sentences, for a terminal and for a page, and as a document. */
final class AuditTables {

    private static final String TITLE = "Audit";

    private AuditTables() {}

    /** What all probes have in common, in sentences. */
    static String summary(Audit audit) {
        List<Finding> flagged = audit.flagged();
        long unanswered = audit.findings().stream()
                .filter(f -> f.verdict() == Finding.Verdict.CANNOT_BE_ANSWERED)
                .count();
        return String.format(
                Locale.ROOT,
                "%s of %s %s%s. Intervals hold with %s for all probes together; the independent unit of standard errors is one"
                        + " %s.",
                flagged.isEmpty() ? "None" : Integer.toString(flagged.size()),
                Count.of(audit.findings().size(), "probe"),
                flagged.isEmpty()
                        ? "raises a flag"
                        : (flagged.size() == 1 ? "raises a flag: " : "raise a flag: ")
                                + flagged.stream().map(Finding::probe).collect(Collectors.joining(", ")),
                unanswered == 0 ? "" : "; " + unanswered + " cannot be answered",
                BoardCharts.percent(audit.settings().level()),
                audit.unit());
    }

    /** A row per probe, without its sentence. */
    static Table table(Audit audit) {
        return new Table(
                TITLE,
                "",
                List.of(
                        Table.Column.text("probe"),
                        Table.Column.number("figure"),
                        Table.Column.number("threshold"),
                        Table.Column.text("verdict")),
                audit.findings().stream()
                        .map(f ->
                                List.of(Cell.text(f.probe()), figure(f), number(f.threshold()), Cell.text(verdict(f))))
                        .toList());
    }

    /** The sentence of each probe after its name. */
    static List<String> sentences(Audit audit) {
        return audit.findings().stream()
                .map(f -> f.probe() + ": " + f.sentence())
                .toList();
    }

    /** The sections of a page: all probes with their sentences, and the single figures of those that raise a flag. */
    static List<Section> sections(Audit audit) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Table(
                TITLE,
                summary(audit),
                List.of(
                        Table.Column.text("question"),
                        Table.Column.number("figure"),
                        Table.Column.number("threshold"),
                        Table.Column.text("verdict"),
                        Table.Column.text("answer")),
                audit.findings().stream()
                        .map(f -> List.of(
                                Cell.text(f.question()),
                                figure(f),
                                number(f.threshold()),
                                Cell.text(verdict(f)),
                                Cell.text(f.sentence())))
                        .toList()));
        for (Finding finding : audit.flagged()) {
            if (!finding.details().isEmpty()) {
                sections.add(SortableTable.of(details(finding), 0));
            }
        }
        return sections;
    }

    private static Table details(Finding finding) {
        return new Table(
                TITLE + ": " + finding.probe(),
                finding.question() + ". " + finding.sentence(),
                List.of(Table.Column.text("of"), Table.Column.number("figure"), Table.Column.text("note")),
                finding.details().stream()
                        .map(d ->
                                List.of(Cell.text(d.what()), cell(d.figure(), d.low(), d.high()), Cell.text(d.note())))
                        .toList());
    }

    /** The document: level, unit, and a finding per probe with what is behind it; figures that are not finite are null. */
    static Map<String, Object> document(Audit audit) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("level", audit.settings().level());
        document.put("unit", audit.unit());
        document.put("flagged", audit.flagged().stream().map(Finding::probe).toList());
        document.put(
                "findings",
                audit.findings().stream()
                        .map(f -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("probe", f.probe());
                            one.put("question", f.question());
                            one.put("verdict", verdict(f));
                            one.put("figure", f.figure());
                            one.put("low", f.low());
                            one.put("high", f.high());
                            one.put("threshold", f.threshold());
                            one.put("sentence", f.sentence());
                            one.put("details", f.details());
                            return one;
                        })
                        .toList());
        return document;
    }

    private static String verdict(Finding finding) {
        return switch (finding.verdict()) {
            case FLAGGED -> "flagged";
            case OK -> "ok";
            case CANNOT_BE_ANSWERED -> "cannot be answered";
        };
    }

    private static Cell figure(Finding finding) {
        return finding.verdict() == Finding.Verdict.CANNOT_BE_ANSWERED
                ? Cell.missing()
                : cell(finding.figure(), finding.low(), finding.high());
    }

    private static Cell cell(double figure, double low, double high) {
        boolean exact = Double.isNaN(low) || (low == figure && high == figure);
        return exact ? number(figure) : Cell.number(figure, low, high, decimals(figure));
    }

    private static Cell number(double value) {
        return Cell.number(value, decimals(value));
    }

    private static int decimals(double value) {
        return value == Math.rint(value) ? 0 : Math.abs(value) >= 100 ? 0 : 3;
    }
}
