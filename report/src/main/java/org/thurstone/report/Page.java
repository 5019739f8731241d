package org.thurstone.report;

/** Writes the page around the sections, and calls the class that draws each. */
final class Page {

    /** Code beyond this many lines is folded. */
    private static final int LONG_CODE = 48;

    private Page() {}

    static String of(Report report) {
        StringBuilder page = new StringBuilder(1 << 16);
        boolean scripted = report.sections().stream().anyMatch(Script::in);
        String script = scripted ? "\n" + Script.text() : "";
        // The policy forbids every request, so that a slip elsewhere cannot become one; the empty icon stops the
        // browser from asking for one.
        page.append("""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:""");
        page.append(scripted ? "; script-src '" + Script.hash(script) + "'\">\n" : "\">\n");
        page.append("<link rel=\"icon\" href=\"data:,\">\n");
        page.append("<title>").append(Html.escape(report.title())).append("</title>\n");
        page.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n<header>\n");
        page.append(Html.element("h1", "title", report.title()));
        page.append(Html.element("p", "subtitle", report.subtitle()));
        page.append("</header>\n");
        for (Section section : report.sections()) page.append(section(section));
        page.append("</main>\n<footer>made by Thurstone ").append(Html.escape(report.version()));
        page.append("</footer>\n");
        if (scripted) page.append("<script>").append(script).append("</script>\n");
        return page.append("</body>\n</html>\n").toString();
    }

    private static String section(Section section) {
        return switch (section) {
            case Headline headline -> headline(headline);
            case Lines lines -> framed("chart", lines.title(), lines.caption(), LineChart.both(lines));
            case Bars bars -> framed("bars", bars.title(), bars.caption(), BarChart.of(bars));
            case Table table -> framed("tabular", table.title(), table.caption(), TableMarkup.of(table));
            case SortableTable sortable -> sortable(sortable);
            case Samples samples -> framed("samples", samples.title(), samples.caption(), SampleCards.of(samples));
            case Code code -> framed("code", code.title(), code.caption(), code(code));
            case Note note -> note(note);
            case Facts facts -> framed("facts", facts.title(), "", facts(facts));
            case Panels panels -> framed("panelled", panels.title(), "", panels(panels));
        };
    }

    private static String framed(String kind, String title, String caption, String body) {
        return "<section class=\"" + kind + "\">\n" + Html.element("h2", "name", title)
                + Html.element("p", "caption", caption) + body + "</section>\n";
    }

    /** What only a script can use is hidden until there is one. */
    private static String sortable(SortableTable sortable) {
        Table table = sortable.table();
        String names =
                String.join(" ", sortable.names().stream().map(String::valueOf).toList());
        StringBuilder out = new StringBuilder();
        out.append("<section class=\"tabular sortable\" data-names=\"")
                .append(names)
                .append("\">\n");
        out.append(Html.element("h2", "name", table.title()));
        out.append(Html.element("p", "caption", table.caption()));
        out.append("<div class=\"controls\" hidden>\n<label class=\"filter\">Filter by name <input type=\"search\"")
                .append(" autocomplete=\"off\" spellcheck=\"false\"></label>\n")
                .append("<label class=\"sort-by\">Sort by <select></select></label>\n")
                .append("<span class=\"count\" role=\"status\"></span>\n</div>\n");
        if (sortable.differences().isPresent()) {
            out.append("<div class=\"compare\" hidden>\n<label>Compare <select></select></label>\n")
                    .append("<label>with <select></select></label>\n")
                    .append("<p class=\"difference\" role=\"status\"></p>\n</div>\n");
        }
        out.append(TableMarkup.of(table, sortable.names().getLast()));
        out.append("<p class=\"rest-of-rows\" hidden><button type=\"button\"></button></p>\n");
        sortable.differences()
                .ifPresent(of -> out.append("<script type=\"application/json\" class=\"differences\">")
                        .append(DifferenceData.of(of))
                        .append("</script>\n"));
        return out.append("</section>\n").toString();
    }

    private static String headline(Headline headline) {
        StringBuilder out = new StringBuilder("<section class=\"headline\">\n");
        out.append(Html.element("p", "claim", headline.sentence())).append("<div class=\"figures\">\n");
        for (Headline.Figure figure : headline.figures()) {
            out.append("<div class=\"figure\">\n")
                    .append(Html.element("div", "value" + size(figure.value()), figure.value()))
                    .append(Html.element("div", "label", figure.label()))
                    .append(Html.element("div", "detail", figure.detail()))
                    .append("</div>\n");
        }
        return out.append("</div>\n</section>\n").toString();
    }

    /** Long values are set smaller, so that they stay in their column. */
    private static String size(String value) {
        return value.length() > 11 ? " longest" : value.length() > 7 ? " long" : "";
    }

    private static String note(Note note) {
        String kind = note.kind() == Note.Kind.WARNING ? "warning" : "info";
        return "<section class=\"note " + kind + "\" role=\"note\">\n" + Html.element("strong", "name", note.title())
                + Html.element("p", "text", note.text()) + "</section>\n";
    }

    private static String code(Code code) {
        String text = "<pre>" + tinted(code.text().stripTrailing()) + "</pre>\n";
        long lines = code.text().stripTrailing().lines().count();
        if (lines <= LONG_CODE) return text;
        return "<details><summary>show all " + lines + " lines</summary>\n" + text + "</details>\n";
    }

    /** Keys and comments of YAML; a line that looks like neither stays as it is. */
    private static String tinted(String text) {
        return Html.escape(text)
                .replaceAll("(?m)^(\\s*(?:- )?)([\\p{L}\\p{N}_./-]+)(:)(?=\\s|$)", "$1<b>$2</b>$3")
                .replaceAll("(?m)(^|\\s)(#.*)$", "$1<i>$2</i>");
    }

    private static String facts(Facts facts) {
        StringBuilder out = new StringBuilder("<dl>\n");
        for (Facts.Fact fact : facts.facts()) {
            String kind = fact.value().matches(".*[0-9a-f]{12,}.*") ? " class=\"hash\"" : "";
            out.append("<div><dt>")
                    .append(Html.escape(fact.name()))
                    .append("</dt><dd")
                    .append(kind)
                    .append(">");
            out.append(Html.escape(fact.value())).append("</dd></div>\n");
        }
        return out.append("</dl>\n").toString();
    }

    private static String panels(Panels panels) {
        StringBuilder out = new StringBuilder("<div class=\"panels\">\n");
        for (Section section : panels.sections()) out.append(section(section));
        return out.append("</div>\n").toString();
    }

    private static String style() {
        return Styles.plot() + "\n" + Styles.page();
    }
}
