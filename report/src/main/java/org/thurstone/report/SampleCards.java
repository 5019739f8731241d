package org.thurstone.report;

import java.util.Locale;

/** Prompts with their answers side by side. Long text shows its beginning and unfolds. */
final class SampleCards {

    private static final int LONG = 700;
    private static final int LONG_LINES = 14;

    private SampleCards() {}

    static String of(Samples samples) {
        StringBuilder out = new StringBuilder();
        for (Samples.Sample sample : samples.samples()) {
            out.append("<article>\n<div class=\"prompt\">")
                    .append(text(sample.prompt()))
                    .append("</div>\n<div class=\"answers\">\n");
            for (Samples.Answer answer : sample.answers()) {
                String verdict = answer.verdict().name().toLowerCase(Locale.ROOT);
                out.append("<div class=\"answer ")
                        .append(verdict)
                        .append("\"><div class=\"from\">")
                        .append(Html.escape(answer.label()));
                if (!answer.badge().isEmpty()) {
                    out.append("<span class=\"badge\">")
                            .append(mark(answer.verdict()))
                            .append(Html.escape(answer.badge()))
                            .append("</span>");
                }
                out.append("</div>").append(text(answer.text())).append("</div>\n");
            }
            out.append("</div>\n</article>\n");
        }
        return samples.samples().isEmpty() ? "<p class=\"empty\">no samples</p>\n" : out.toString();
    }

    /** The verdict is never told by colour alone. */
    private static String mark(Samples.Verdict verdict) {
        return switch (verdict) {
            case GOOD -> "✓ ";
            case BAD -> "✗ ";
            case NEUTRAL -> "";
        };
    }

    private static String text(String text) {
        if (text.isEmpty()) return "<pre class=\"empty\">(empty)</pre>";
        int cut = beginning(text);
        if (cut == text.length()) return "<pre>" + Html.escape(text) + "</pre>";
        return "<details><summary><pre>" + Html.escape(text.substring(0, cut)) + "</pre><span class=\"more\">all "
                + Numbers.decimals(text.codePointCount(0, text.length()), 0) + " characters</span></summary><pre>"
                + Html.escape(text.substring(cut)) + "</pre></details>";
    }

    /** Where to fold: not within a surrogate pair, and only if it hides enough to be worth it. */
    private static int beginning(String text) {
        int cut = Math.min(LONG, text.length());
        int lines = 0;
        for (int i = 0; i < cut; i++) if (text.charAt(i) == '\n' && ++lines == LONG_LINES) cut = i + 1;
        if (text.length() - cut < 80) return text.length();
        return Character.isLowSurrogate(text.charAt(cut)) ? cut - 1 : cut;
    }
}
