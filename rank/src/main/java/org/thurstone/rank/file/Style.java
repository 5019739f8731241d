package org.thurstone.rank.file;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Measures of the style of a text, as LMArena's style control has them: its length, and what it marks up. Code between triple backticks has no
 * headers, lists or bold words.
 */
enum Style {
    /** The number of characters. */
    LENGTH("") {
        @Override
        double of(String text) {
            return text.codePointCount(0, text.length());
        }
    },
    /** Headers, bold words and list items together, also in code. */
    MARKDOWN("(?m)^#{1,6}\\s|\\*\\*[^*\\n]+\\*\\*|^\\s*[-*+]\\s|^\\s*\\d+\\.\\s") {
        @Override
        double of(String text) {
            return found(text);
        }
    },
    HEADER("(?m)^#{1,6}\\s"),
    LIST("(?m)^\\s*[-*+]\\s|^\\s*\\d+\\.\\s"),
    BOLD("\\*\\*[^*\\n]+\\*\\*|__[^_\\n]+__");

    /** A name for all of LMArena's measures. */
    static final String ALL = "style";

    private static final List<String> OF_ALL = List.of("length", "header", "list", "bold");
    private static final Pattern CODE = Pattern.compile("```[^`]*```");

    private final Pattern pattern;

    Style(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    double of(String text) {
        return found(CODE.matcher(text).replaceAll(""));
    }

    double found(String text) {
        return pattern.matcher(text).results().count();
    }

    /** The measure of this name. */
    static Optional<Style> named(String name) {
        return Arrays.stream(values())
                .filter(style -> style.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** The same names with {@value #ALL} spelled out, each once. */
    static List<String> expanded(List<String> names) {
        return names.stream()
                .flatMap(name -> name.equals(ALL) ? OF_ALL.stream() : List.of(name).stream())
                .distinct()
                .toList();
    }
}
