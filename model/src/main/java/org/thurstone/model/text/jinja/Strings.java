package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Python's methods of text. */
final class Strings {

    private Strings() {}

    /** The characters that a literal's backslashes stand for. */
    static String unescape(String literal) {
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
            if (digits > 0 && i + digits < literal.length()) {
                text.appendCodePoint(Integer.parseInt(literal.substring(i + 1, i + 1 + digits), 16));
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
            case "partition" -> partition(text, first(arguments, name), text.indexOf(first(arguments, name)));
            case "rpartition" -> partition(text, first(arguments, name), text.lastIndexOf(first(arguments, name)));
            case "join" ->
                String.join(
                        text,
                        Values.items(arguments.getFirst()).stream()
                                .map(Values::text)
                                .toList());
            case "find" -> index(text, text.indexOf(first(arguments, name)));
            case "rfind" -> index(text, text.lastIndexOf(first(arguments, name)));
            case "count" -> (long) text.split(Pattern.quote(first(arguments, name)), -1).length - 1;
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
                : c -> first(characters, "strip").indexOf(c) >= 0;
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

    static String replace(String text, String from, String to, long times) {
        if (times < 0) {
            return text.replace(from, to);
        }
        String rest = text;
        StringBuilder done = new StringBuilder();
        for (long i = 0; i < times && rest.contains(from); i++) {
            int at = rest.indexOf(from);
            done.append(rest, 0, at).append(to);
            rest = rest.substring(at + from.length());
            if (from.isEmpty()) {
                break;
            }
        }
        return done.append(rest).toString();
    }

    private static List<Object> split(String text, List<Object> arguments) {
        long most = arguments.size() > 1 ? Values.integer(arguments.get(1)) : -1;
        int limit = most < 0 ? -1 : Math.toIntExact(most + 1);
        if (arguments.isEmpty() || arguments.getFirst() instanceof None) {
            String stripped = strip(text, List.of(), true, most < 0);
            return stripped.isEmpty() ? List.of() : new ArrayList<>(List.of(stripped.split("[\\s\\h]+", limit)));
        }
        return new ArrayList<>(List.of(text.split(Pattern.quote(first(arguments, "split")), limit)));
    }

    private static List<Object> rsplit(String text, List<Object> arguments) {
        if (arguments.size() < 2) {
            return split(text, arguments);
        }
        String separator = first(arguments, "rsplit");
        List<Object> parts = new ArrayList<>();
        String rest = text;
        for (long i = Values.integer(arguments.get(1)); i > 0 && rest.contains(separator); i--) {
            int at = rest.lastIndexOf(separator);
            parts.add(rest.substring(at + separator.length()));
            rest = rest.substring(0, at);
        }
        parts.add(rest);
        Collections.reverse(parts);
        return parts;
    }

    private static List<Object> partition(String text, String separator, int at) {
        return at < 0
                ? List.of(text, "", "")
                : List.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }
}
