package org.thurstone.feedback.verifier;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Strips an answer of what does not change its value: dollar signs, sizes, spaces, thousands separators, units, degrees, a trailing full
 * stop; and writes what is left in one way ({@code \dfrac12}, {@code \tfrac{1}{2}} → {@code \frac{1}{2}}; × → *).
 */
final class PlainMaths {

    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern), replacement);
        }

        String apply(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("\\\\(?:left|right|displaystyle|bigl?|bigr?|Bigl?|Bigr?)(?![a-zA-Z])", ""),
            Rule.of("(?<=\\d)\\\\[!,](?=\\d{3})", ""),
            Rule.of("\\\\[!,;: ]|~|\\\\q?quad", " "),
            Rule.of("\\{,\\}", ","),
            Rule.of("\\\\[dtc]frac", "\\\\frac"),
            Rule.of("\\\\\\(|\\\\\\)|\\\\\\[|\\\\\\]", ""),
            Rule.of("\\\\?\\$", ""),
            Rule.of("\\^\\s*\\{?\\s*\\\\circ\\s*\\}?|\\\\degree|°", ""),
            Rule.of("\\\\(?:cdot|times)(?![a-zA-Z])|[×·∗⋅]", "*"),
            Rule.of("\\\\div(?![a-zA-Z])|÷", "/"),
            Rule.of("[−–]", "-"),
            Rule.of("π|(?<!\\\\)\\bpi\\b", "\\\\pi "),
            Rule.of("(?<!\\\\)\\bsqrt", "\\\\sqrt"),
            Rule.of("√", "\\\\sqrt"),
            // "2 1/2" is two and a half; it must be seen before the space goes.
            Rule.of("(?<![\\d./])(\\d+)\\s+(\\d+)/(\\d+)", "$1\\\\frac{$2}{$3}"),
            Rule.of("\\\\frac\\s*(\\d)\\s*(\\d)", "\\\\frac{$1}{$2}"),
            Rule.of("\\\\frac\\s*(\\d)\\s*\\{", "\\\\frac{$1}{"),
            Rule.of("\\\\frac\\s*(\\{[^{}]*\\})\\s*(\\d)", "\\\\frac$1{$2}"),
            Rule.of("\\\\sqrt\\s*([0-9a-zA-Z])", "\\\\sqrt{$1}"));

    private static final Pattern TEXT = Pattern.compile(
            "\\\\(?:text|textbf|textit|textrm|texttt|mathrm|mathbf|mathit|mathsf|mbox|rm|operatorname)\\s*\\{([^{}]*)\\}");
    private static final Pattern THOUSANDS = Pattern.compile("(?<![\\d.,])\\d{1,3}(?:,\\s?\\d{3})+(?![\\d,])");
    private static final Pattern LEFT_SIDE = Pattern.compile("^\\s*(?:[a-zA-Z]|[a-zA-Z]\\([a-zA-Z]\\))\\s*=(?!.*=)");

    private PlainMaths() {}

    static String of(String answer) {
        String text = answer;
        for (Rule rule : RULES) {
            text = rule.apply(text);
        }
        text = LEFT_SIDE.matcher(text).replaceFirst("");
        text = withoutUnits(text);
        text = thousands(text);
        // A space between digits stays: "1 2" is not twelve.
        text = text.strip().replaceAll("(?<!\\d)\\s+|\\s+(?!\\d)", "");
        return text.replaceAll("[.:;,]+$", "");
    }

    /** Words next to a value are its unit; words alone are the answer. */
    private static String withoutUnits(String text) {
        String rest = TEXT.matcher(text).replaceAll(" ").replaceAll("\\^\\s*\\{?\\d\\}?\\s*$", "");
        if (rest.chars().anyMatch(Character::isDigit) || rest.contains("\\")) {
            return TEXT.matcher(text).replaceAll(" ").replaceAll("(?<=\\s)\\^\\s*\\{?\\d\\}?\\s*$", "");
        }
        return TEXT.matcher(text).replaceAll("$1");
    }

    /** In brackets a comma separates: (1,234) are two numbers. */
    private static String thousands(String text) {
        if (text.matches("(?s)\\s*(?:\\\\\\{|[(\\[]).*")) {
            return text;
        }
        return THOUSANDS.matcher(text).replaceAll(match -> match.group().replaceAll("[,\\s]", ""));
    }
}
