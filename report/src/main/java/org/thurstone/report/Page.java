package org.thurstone.report;

/** Writes the page around the sections, and calls the class that draws each. */
final class Page {

    /** Code beyond this many lines is folded. */
    private static final int LONG_CODE = 48;

    private Page() {}

    static String of(Report report) {
        StringBuilder page = new StringBuilder(1 << 16);
        // The policy forbids every request, so that a slip elsewhere cannot become one; the empty icon stops the
        // browser from asking for one.
        page.append("""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <link rel="icon" href="data:,">
            """);
        page.append("<title>").append(Html.escape(report.title())).append("</title>\n");
        page.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n<header>\n");
        page.append(Html.element("h1", "title", report.title()));
        page.append(Html.element("p", "subtitle", report.subtitle()));
        page.append("</header>\n");
        for (Section section : report.sections()) page.append(section(section));
        page.append("</main>\n<footer>made by Thurstone ").append(Html.escape(report.version()));
        return page.append("</footer>\n</body>\n</html>\n").toString();
    }

    private static String section(Section section) {
        return switch (section) {
            case Headline headline -> headline(headline);
            case Lines lines -> framed("chart", lines.title(), lines.caption(), LineChart.both(lines));
            case Bars bars -> framed("bars", bars.title(), bars.caption(), BarChart.of(bars));
            case Table table -> framed("tabular", table.title(), table.caption(), TableMarkup.of(table));
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
