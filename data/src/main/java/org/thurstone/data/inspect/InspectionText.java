package org.thurstone.data.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Dropped;

/** An inspection as people read it: facts in two columns, lengths in a table, bad rows by line. */
final class InspectionText {

    private static final int SHOWN = 10;

    private InspectionText() {}

    static String of(Inspection i) {
        List<String> lines = new ArrayList<>();
        lines.add(i.file().toString());
        if (i.dropped().rows() == 0) {
            lines.add(isEmpty(i.file()) ? "  the file is empty" : "  the file has no rows");
            return String.join("\n", lines) + "\n";
        }
        fact(lines, "format", i.format());
        fact(
                lines,
                "rows",
                number(i.rows())
                        + (i.dropped().count() > 0
                                ? " good, " + number(i.dropped().count()) + " bad"
                                : ""));
        columns(lines, i);
        if (i.rows() > 0) {
            facts(lines, i);
            lengths(lines, i);
        }
        bad(lines, i.dropped());
        return String.join("\n", lines) + "\n";
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw UserError.reading(file, e);
        }
    }

    private static void columns(List<String> lines, Inspection i) {
        if (!i.read().isEmpty()) {
            fact(
                    lines,
                    "read",
                    i.read().stream()
                            .map(column -> column.rows() == i.rows() ? column.name() : column.toText())
                            .collect(Collectors.joining(", ")));
        }
        if (!i.unread().isEmpty()) {
            fact(lines, "not read", i.unread().toText());
        }
        i.effects().forEach(line -> fact(lines, "column", line));
        i.remarks().forEach(line -> fact(lines, "remark", line));
    }

    private static void facts(List<String> lines, Inspection i) {
        String about = i.exact() ? "" : "about ";
        fact(lines, "kinds", counts(i.kinds(), Integer.MAX_VALUE, true));
        fact(
                lines,
                "prompts",
                about + number(i.prompts()) + " different; " + percent(i.conversations()) + " conversations, "
                        + percent(i.multiTurn()) + " of several turns");
        fact(
                lines,
                "duplicates",
                i.duplicates() == 0
                        ? "none"
                        : about + Count.of(i.duplicates(), "row") + (i.duplicates() == 1 ? " repeats" : " repeat")
                                + " an earlier one");
        Inspection.PairFigures p = i.pairs();
        if (p.count() > 0) {
            fact(
                    lines,
                    "contradictions",
                    p.contradictions() == 0
                            ? "none"
                            : about + Count.of(p.contradictions(), "pair")
                                    + (p.contradictions() == 1 ? " was" : " were") + " decided both ways");
            fact(lines, "ties", share(p.ties(), p.count()));
            fact(
                    lines,
                    "labels",
                    share(p.graded(), p.count()) + " graded, " + share(p.soft(), p.count()) + " soft, "
                            + share(p.margins(), p.count()) + " with a margin");
            fact(
                    lines,
                    "shorter wins",
                    p.shorterWins().isPresent()
                            ? percent(p.shorterWins().getAsDouble()) + " of the decided pairs of unequal length"
                            : "no pair was decided between unequal lengths");
        }
        fact(
                lines,
                "annotators",
                i.annotators().isEmpty()
                        ? "not named"
                        : number(i.annotators().size()) + ": " + counts(i.annotators(), 5, false));
        Inspection.Weights w = i.weights();
        fact(
                lines,
                "weights",
                w.notOne() == 0
                        ? "all 1"
                        : String.format(
                                Locale.ROOT,
                                "%s of %s are not 1; from %.4g to %.4g, mean %.4g",
                                number(w.notOne()),
                                number(i.rows()),
                                w.min(),
                                w.max(),
                                w.mean()));
    }

    private static void lengths(List<String> lines, Inspection i) {
        lines.add("");
        lines.add(row("lengths", "", "count", "mean", "5 %", "median", "95 %", "99 %", "longest"));
        for (Inspection.Part p : i.lengths()) {
            boolean first = p.unit().equals("characters");
            lines.add(row(
                    first ? p.part() : "",
                    p.unit(),
                    first ? number(p.count()) : "",
                    String.format(Locale.ROOT, "%,.1f", p.mean()),
                    number(p.p05()),
                    number(p.p50()),
                    number(p.p95()),
                    number(p.p99()),
                    number(p.max())));
        }
    }

    private static String row(String part, String unit, String... cells) {
        String numbers = List.of(cells).stream()
                .map(cell -> String.format(Locale.ROOT, "%11s", cell))
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, "  %-12s%-10s", part, unit) + numbers;
    }

    private static void bad(List<String> lines, Dropped dropped) {
        if (dropped.count() == 0) {
            return;
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "  bad rows      %s (%.2f %%)", number(dropped.count()), 100 * dropped.share()));
        dropped.first().stream().limit(SHOWN).forEach(bad -> lines.add("    line " + bad.line() + ": " + bad.reason()));
        if (dropped.count() > SHOWN) {
            lines.add("    … and " + number(dropped.count() - SHOWN) + " more");
        }
    }

    private static void fact(List<String> lines, String name, String value) {
        lines.add(String.format(Locale.ROOT, "  %-16s%s", name, value));
    }

    /** @param plural whether the keys are plurals of things */
    private static String counts(Map<String, Long> counts, int most, boolean plural) {
        String listed = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry -> number(entry.getValue()) + " "
                        + (plural && entry.getValue() == 1 ? entry.getKey().replaceFirst("s$", "") : entry.getKey()))
                .collect(Collectors.joining(", "));
        return counts.size() > most ? listed + ", …" : listed;
    }

    private static String share(long count, long all) {
        return count == 0 ? "none" : number(count) + " (" + percent((double) count / all) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
