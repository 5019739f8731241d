package org.thurstone.lab.book;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.thurstone.lab.Check;
import org.thurstone.lab.Figures;
import org.thurstone.report.Cell;
import org.thurstone.report.Lines;
import org.thurstone.report.Table;

/** Pages of results in Markdown. */
final class Pages {

    private Pages() {}

    static String index(List<Notebook.Line> lines) {
        StringBuilder out = new StringBuilder("""
            # Replications

            Claims of papers, tested at small scale. Each replication has a claim in our own words, a world with known truth (or real
            data), figures with 95 % intervals, and a verdict. The command `thurstone replicate` writes this page and the pages that it
            links to; do not edit them. "Not replicated" is a result, too.

            """);
        out.append(lines.stream()
                        .collect(Collectors.groupingBy(Notebook.Line::verdict, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(" · ", "", ".\n")))
                .append(again(lines))
                .append("\n| paper | claim | verdict | with another seed | time |\n|---|---|---|---|---:|\n");
        for (Notebook.Line line : lines) {
            String about = line.result().isPresent()
                    ? "[" + escaped(line.about()) + "](" + line.entry().name() + ".md)"
                    : escaped(line.about());
            out.append("| %s | %s | %s | %s | %s |\n"
                    .formatted(
                            line.entry().papers().stream().map(Paper::link).collect(Collectors.joining(", ")),
                            about,
                            line.verdict(),
                            line.repeated(),
                            line.result().map(r -> duration(r.seconds())).orElse("")));
        }
        return out.toString();
    }

    private static String again(List<Notebook.Line> lines) {
        List<Notebook.Line> repeated =
                lines.stream().filter(l -> !l.again().isEmpty()).toList();
        return repeated.isEmpty()
                ? ""
                : "Of %d replications that were run with another seed and the same checks, %d have the same verdict.\n"
                        .formatted(
                                repeated.size(),
                                repeated.stream().filter(Notebook.Line::kept).count());
    }

    static String page(Entry entry, Result result, List<Result> again) {
        StringBuilder out = new StringBuilder();
        out.append("# ")
                .append(entry.part().summary())
                .append("\n\n**Verdict: ")
                .append(result.verdict().words())
                .append("**")
                .append(result.smoke() ? " (smoke version: too small to conclude from)" : "")
                .append(" · ")
                .append(entry.papers().stream().map(p -> "*" + p.title() + "*").collect(Collectors.joining(", ")))
                .append(", ")
                .append(entry.part().source())
                .append("\n\n");
        section(out, "Claim", entry.replication().about().claim());
        section(out, "World", entry.replication().about().world());
        out.append("## Checks\n\n");
        for (Check c : result.findings().checks()) {
            out.append(c.holds() ? "- holds: " : "- **does not hold**: ")
                    .append(c.says())
                    .append(c.core() ? " *(primary check)*" : "")
                    .append("\n");
        }
        for (Result other : again) {
            out.append("\nWith seed ")
                    .append(other.seed())
                    .append(" and the same checks: **")
                    .append(other.verdict().words())
                    .append("**")
                    .append(otherwise(result, other))
                    .append("\n");
        }
        out.append("\n## Figures\n\nMeans over seeds with 95 % intervals by Student's t.\n\n");
        for (Figures f : result.findings().figures()) {
            out.append("**")
                    .append(f.title())
                    .append("**\n\n")
                    .append(markdown(f.table()))
                    .append("\n");
        }
        if (!result.findings().plots().isEmpty()) {
            out.append("![")
                    .append(result.findings().plots().stream().map(Lines::title).collect(Collectors.joining("; ")))
                    .append("](")
                    .append(entry.name())
                    .append(".svg)\n\n");
            for (Lines plot : result.findings().plots()) {
                if (!plot.caption().isEmpty()) {
                    out.append("*")
                            .append(plot.title())
                            .append("*: ")
                            .append(plot.caption())
                            .append("\n\n");
                }
            }
        }
        for (String note : result.findings().notes()) {
            out.append("- ").append(note).append("\n");
        }
        out.append(result.findings().notes().isEmpty() ? "" : "\n");
        section(out, "What differs from the paper", entry.replication().about().differs());
        out.append("## Run\n\n```sh\n./thurstone replicate ")
                .append(entry.name())
                .append(result.seed() == 1 ? "" : " --seed " + result.seed())
                .append("\n```\n\nSeed ")
                .append(result.seed())
                .append(", ")
                .append(seeds(result))
                .append(" random streams; the last run took ")
                .append(duration(result.seconds()))
                .append(". Code: `")
                .append(entry.replication().getClass().getSimpleName())
                .append(".java` and the code that it uses, edition `")
                .append(result.edition())
                .append("`")
                .append(result.confirmed()
                        .map(e -> "; the smoke version of edition `" + e + "` gives exactly the same figures")
                        .orElse(""))
                .append(".\n");
        return out.toString();
    }

    /** Which checks came out otherwise with another seed. */
    private static String otherwise(Result result, Result other) {
        String turned = other.findings().checks().stream()
                .filter(c -> result.findings().checks().stream()
                        .anyMatch(d -> d.says().equals(c.says()) && d.holds() != c.holds()))
                .map(c -> (c.holds() ? "holds: " : "does not hold: ") + c.says())
                .collect(Collectors.joining("; "));
        return turned.isEmpty() ? "; every check has the same outcome." : "; " + turned + ".";
    }

    private static int seeds(Result result) {
        return result.findings().figures().stream()
                .flatMap(f -> f.rows().stream())
                .flatMap(r -> r.values().stream())
                .mapToInt(v -> v.seeds())
                .max()
                .orElse(1);
    }

    private static void section(StringBuilder out, String title, String text) {
        out.append("## ").append(title).append("\n\n").append(text.strip()).append("\n\n");
    }

    private static String markdown(Table table) {
        StringBuilder out = new StringBuilder("|");
        table.columns().forEach(c -> out.append(" ").append(escaped(c.name())).append(" |"));
        out.append("\n|");
        table.columns().forEach(c -> out.append(c.numeric() ? "---:|" : "---|"));
        for (List<Cell> row : table.rows()) {
            out.append("\n|");
            for (Cell c : row) {
                out.append(" ")
                        .append(escaped(c.shown()))
                        .append(c.detail().isEmpty() ? "" : " (" + escaped(c.detail()) + ")")
                        .append(" |");
            }
        }
        return out.append("\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }

    static String duration(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
}
