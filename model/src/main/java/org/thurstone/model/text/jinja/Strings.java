package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Python's methods of text. */
final class Strings {

    private Strings() {}

    /** The characters that a literal's backslashes stand for. */
    static String unescape(String literal, int line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 == literal.length()) {
                text.append(c);
                continue;
            }
            char escaped = literal.charAt(++i);
            int digits = switch (escaped) {
                case 'x' -> 2;
                case 'u' -> 4;
                case 'U' -> 8;
                default -> 0;
            };
            if (digits > 0) {
                text.appendCodePoint(codePoint(literal, i, digits, line));
                i += digits;
                continue;
            }
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case '0' -> text.append('\0');
                case '\n' -> {}
                case '\\', '\'', '"' -> text.append(escaped);
                default -> text.append('\\').append(escaped);
            }
        }
        return text.toString();
    }

    /** The character that {@code \\x}, {@code \\u} or {@code \\U} and its digits stand for. */
    private static int codePoint(String literal, int at, int digits, int line) {
        String hexadecimal = literal.substring(at + 1, Math.min(at + 1 + digits, literal.length()));
        int point = hexadecimal.matches("[0-9a-fA-F]{" + digits + "}") ? Integer.parseUnsignedInt(hexadecimal, 16) : -1;
        if (!Character.isValidCodePoint(point)) {
            throw JinjaException.at(
                    line,
                    "in a text, \\" + literal.charAt(at) + " needs the " + digits
                            + " hexadecimal digits of a character, not \"" + hexadecimal + "\"");
        }
        return point;
    }

    /** A text so many times; none where that is below 1. */
    static String repeat(String text, long times) {
        Budget.make(Math.max(0, times), text.length());
        return text.isEmpty() ? "" : text.repeat((int) Math.max(0, times));
    }

    static String join(String separator, List<Object> items) {
        StringJoiner joined = new StringJoiner(separator);
        for (Object item : items) {
            String text = Values.text(item);
            Budget.make(text.length() + (long) separator.length());
            joined.add(text);
        }
        return joined.toString();
    }

    /** As Python's {@code repr} quotes. */
    static String quote(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c == quote) {
                        quoted.append('\\');
                    }
                    quoted.appendCodePoint(c);
                }
            }
        });
        return quoted.append(quote).toString();
    }

    static Object method(String text, String name, List<Object> arguments) {
        Budget.make(text.length());
        return Budget.made(applied(text, name, arguments));
    }

    private static Object applied(String text, String name, List<Object> arguments) {
        return switch (name) {
            case "strip" -> strip(text, arguments, true, true);
            case "lstrip" -> strip(text, arguments, true, false);
            case "rstrip" -> strip(text, arguments, false, true);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "title" -> title(text);
            case "capitalize" -> capitalize(text);
            case "startswith" -> affix(text, arguments, true);
            case "endswith" -> affix(text, arguments, false);
            case "removeprefix" ->
                text.startsWith(first(arguments, name))
                        ? text.substring(first(arguments, name).length())
                        : text;
            case "removesuffix" ->
                !first(arguments, name).isEmpty() && text.endsWith(first(arguments, name))
                        ? text.substring(
                                0, text.length() - first(arguments, name).length())
                        : text;
            case "replace" ->
                replace(
                        text,
                        first(arguments, name),
                        Values.text(arguments.get(1)),
                        arguments.size() > 2 ? Values.integer(arguments.get(2)) : -1);
            case "split" -> split(text, arguments);
            case "rsplit" -> rsplit(text, arguments);
            case "splitlines" -> new ArrayList<Object>(text.lines().toList());
            case "partition" -> {
                String separator = separator(text, arguments, name);
                int at = text.indexOf(separator);
                yield at < 0 ? List.of(text, "", "") : partition(text, separator, at);
            }
            case "rpartition" -> {
                String separator = separator(text, arguments, name);
                int at = text.lastIndexOf(separator);
                yield at < 0 ? List.of("", "", text) : partition(text, separator, at);
            }
            case "join" -> join(text, Values.items(arguments.getFirst()));
            case "find" -> index(text, text.indexOf(sought(text, arguments, name)));
            case "rfind" -> index(text, text.lastIndexOf(sought(text, arguments, name)));
            case "count" -> occurrences(text, sought(text, arguments, name));
            case "isdigit" -> all(text, Character::isDigit);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, Character::isLetterOrDigit);
            case "isspace" -> all(text, Strings::white);
            case "isupper" -> text.equals(text.toUpperCase(Locale.ROOT)) && !text.equals(text.toLowerCase(Locale.ROOT));
            case "islower" -> text.equals(text.toLowerCase(Locale.ROOT)) && !text.equals(text.toUpperCase(Locale.ROOT));
            default -> throw new JinjaException("texts have no method \"" + name + "\" in chat templates");
        };
    }

    private static String first(List<Object> arguments, String name) {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof String text)) {
            throw new JinjaException(name + "() needs a text");
        }
        return text;
    }

    /** A separator, which has at least one character. */
    private static String separator(String text, List<Object> arguments, String name) {
        String separator = first(arguments, name);
        if (separator.isEmpty()) {
            throw new JinjaException(name + "() needs a separator that is not empty");
        }
        Budget.search(text, separator);
        return separator;
    }

    /** A text to look for. */
    private static String sought(String text, List<Object> arguments, String name) {
        String sought = first(arguments, name);
        Budget.search(text, sought);
        return sought;
    }

    private static long index(String text, int at) {
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    private static boolean all(String text, IntPredicate is) {
        return !text.isEmpty() && text.codePoints().allMatch(is);
    }

    /** What Python's strip takes. */
    static boolean white(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    static String strip(String text, List<Object> characters, boolean left, boolean right) {
        IntPredicate takes = characters.isEmpty() || characters.getFirst() instanceof None
                ? Strings::white
                : first(characters, "strip").codePoints().boxed().collect(Collectors.toSet())::contains;
        int[] points = text.codePoints().toArray();
        int start = 0;
        int end = points.length;
        while (left && start < end && takes.test(points[start])) {
            start++;
        }
        while (right && end > start && takes.test(points[end - 1])) {
            end--;
        }
        return new String(points, start, end - start);
    }

    static String title(String text) {
        StringBuilder title = new StringBuilder();
        boolean inside = false;
        for (int c : text.codePoints().toArray()) {
            title.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return title.toString();
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static boolean affix(String text, List<Object> arguments, boolean start) {
        List<Object> affixes = arguments.getFirst() instanceof List<?> ? Values.items(arguments.getFirst()) : arguments;
        return affixes.stream()
                .map(Values::text)
                .anyMatch(affix -> start ? text.startsWith(affix) : text.endsWith(affix));
    }

    /** How often a text is in another, from left to right; the empty text is before and after every character. */
    private static long occurrences(String text, String sought) {
        if (sought.isEmpty()) {
            return text.codePointCount(0, text.length()) + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length())) {
            count++;
        }
        return count;
    }

    /** @param times at most; negative for all */
    static String replace(String text, String from, String to, long times) {
        Budget.search(text, from);
        long count = occurrences(text, from);
        Budget.make(times < 0 ? count : Math.min(count, times), to.length());
        if (times < 0) {
            return text.replace(from, to);
        }
        StringBuilder done = new StringBuilder();
        int start = 0;
        for (long i = 0; i < Math.min(count, times); i++) {
            int at = from.isEmpty() && i > 0 ? text.offsetByCodePoints(start, 1) : text.indexOf(from, start);
            done.append(text, start, at).append(to);
            start = at + from.length();
        }
        return done.append(text, start, text.length()).toString();
    }

    private static List<Object> split(String text, List<Object> arguments) {
        long most = arguments.size() > 1 ? Values.integer(arguments.get(1)) : -1;
        int limit = most < 0 ? -1 : (int) Math.min(most, Integer.MAX_VALUE - 1) + 1;
        if (arguments.isEmpty() || arguments.getFirst() instanceof None) {
            String stripped = strip(text, List.of(), true, most < 0);
            return stripped.isEmpty() ? List.of() : new ArrayList<>(List.of(stripped.split("[\\s\\h]+", limit)));
        }
        return new ArrayList<>(List.of(text.split(Pattern.quote(separator(text, arguments, "split")), limit)));
    }

    private static List<Object> rsplit(String text, List<Object> arguments) {
        if (arguments.size() < 2) {
            return split(text, arguments);
        }
        String separator = separator(text, arguments, "rsplit");
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        for (long i = Values.integer(arguments.get(1)); i > 0; i--) {
            int at = text.lastIndexOf(separator, end - separator.length());
            if (at < 0 || end < separator.length()) {
                break;
            }
            parts.add(text.substring(at + separator.length(), end));
            end = at;
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    private static List<Object> partition(String text, String separator, int at) {
        return List.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }
}
