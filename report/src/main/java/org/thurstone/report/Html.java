package org.thurstone.report;

/** Escapes text for HTML, so that a model's output cannot become markup of the page. */
final class Html {

    private Html() {}

    /** Text for an element or a quoted attribute. Control characters, which HTML does not allow, become visible. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\r' -> {} // a line ends at its \n
                case '\n', '\t' -> out.append((char) c);
                default -> out.appendCodePoint(visible(c));
            }
        });
        return out.toString();
    }

    /** {@code <name class="classes">text</name>}, the text escaped; nothing at all for empty text. */
    static String element(String name, String classes, String text) {
        if (text.isEmpty()) return "";
        return "<" + name + " class=\"" + classes + "\">" + sentence(text) + "</" + name + ">\n";
    }

    /** Escaped words in which a number keeps its sign: no line ends between 81.6 and %. */
    static String sentence(String text) {
        return escape(text.contains(" %") ? text.replaceAll("(?<=\\d) %", "\u00a0%") : text);
    }

    /** {@code U+2400} and on are pictures of the control characters. Bidirectional overrides would reorder the page around them. */
    private static int visible(int c) {
        if (c < 0x20) return 0x2400 + c;
        if (c == 0x7f) return 0x2421;
        boolean lone = c >= 0xd800 && c <= 0xdfff;
        boolean c1 = c >= 0x80 && c <= 0x9f;
        boolean override = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        return lone || c1 || override || (c & 0xfffe) == 0xfffe ? 0xfffd : c;
    }
}
