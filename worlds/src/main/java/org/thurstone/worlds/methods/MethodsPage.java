package org.thurstone.worlds.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thurstone.worlds.methods.MethodDescription.Setting;

/** The page of the documentation, in Markdown: for each kind a table of all methods, then the documentation of each. */
public final class MethodsPage {

    private static final Map<String, String> HEADINGS = Map.of(
            "loss", "Losses", "score", "Scores", "link", "Links", "offset", "Offsets", "regulariser", "Regularisers");

    private MethodsPage() {}

    /**
     * The page.
     *
     * @param command the command that generates the page
     * @param methods in the order that they have within their kinds; kinds come in the order of their first one
     */
    public static String of(String command, List<MethodDescription> methods) {
        StringBuilder page = new StringBuilder();
        List<String> kinds =
                methods.stream().map(MethodDescription::kind).distinct().toList();
        page.append("<!-- made by ").append(command).append("; change the records, not this page -->\n\n");
        page.append("# ").append(kinds.contains("loss") ? "Losses" : "Methods").append("\n\n");
        page.append("""
            Everything here has a name in recipes and on the command line; `thurstone methods NAME` shows one in full. In the
            formulas Δ is the log-ratio of policy and reference of a completion, summed over
            its tokens, w the chosen and l the rejected one of a pair, h = Δ_w − Δ_l, and σ the logistic function.

            """);
        for (String kind : kinds) {
            List<MethodDescription> some =
                    methods.stream().filter(m -> m.kind().equals(kind)).toList();
            if (kinds.size() > 1) {
                page.append("## ").append(HEADINGS.getOrDefault(kind, kind)).append("\n\n");
            }
            page.append(table(some)).append('\n');
            some.forEach(m -> page.append(section(m)));
        }
        return page.toString();
    }

    private static String table(List<MethodDescription> methods) {
        List<String> columns = List.of("name", "what it does", "formula", "data and needs", "defaults", "source");
        List<List<String>> rows = new ArrayList<>();
        for (MethodDescription m : methods) {
            rows.add(List.of(
                    "[" + m.name() + "](#" + anchor(m) + ")",
                    m.summary(),
                    code(m.formula()),
                    m.asksLine(),
                    m.defaultLine(),
                    m.source()));
        }
        Map<Integer, Boolean> kept = new TreeMap<>();
        for (int c = 0; c < columns.size(); c++) {
            int column = c;
            kept.put(c, rows.stream().anyMatch(r -> !r.get(column).isEmpty()));
        }
        StringBuilder table = new StringBuilder(line(columns, kept));
        table.append(line(columns.stream().map(c -> "---").toList(), kept));
        rows.forEach(r -> table.append(
                line(r.stream().map(cell -> cell.replace("|", "\\|")).toList(), kept)));
        return table.toString();
    }

    private static String line(List<String> cells, Map<Integer, Boolean> kept) {
        List<String> shown = new ArrayList<>();
        for (int c = 0; c < cells.size(); c++) {
            if (kept.getOrDefault(c, true)) {
                shown.add(cells.get(c));
            }
        }
        return "| " + String.join(" | ", shown) + " |\n";
    }

    private static String section(MethodDescription m) {
        StringBuilder section = new StringBuilder("### <a id=\"" + anchor(m) + "\"></a>" + m.name() + "\n\n");
        section.append(m.doc().isEmpty() ? m.summary() + "." : m.doc()).append("\n\n");
        for (Setting p : m.parameters()) {
            section.append("* `").append(p.name()).append("` ").append(p.doc().isEmpty() ? p.type() : p.doc());
            section.append(" (")
                    .append(p.fallback().map(f -> "default " + code(f)).orElse(p.byDefault()))
                    .append(")\n");
        }
        section.append(m.parameters().isEmpty() ? "" : "\n");
        return section.toString();
    }

    private static String anchor(MethodDescription m) {
        return m.kind() + "-" + m.name();
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
