package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The filters of the template language ({@code value | filter}). */
final class Filters {

    private Filters() {}

    static Object apply(String name, Object value, List<Object> arguments, Map<String, Object> named) {
        if (value instanceof String text) {
            Budget.make(text.length());
        }
        return Budget.made(applied(name, value, arguments, named));
    }

    private static Object applied(String name, Object value, List<Object> arguments, Map<String, Object> named) {
        Arguments given = new Arguments(arguments, named);
        return switch (name) {
            case "trim" -> Strings.strip(text(value), arguments, true, true);
            case "lower" -> text(value).toLowerCase(Locale.ROOT);
            case "upper" -> text(value).toUpperCase(Locale.ROOT);
            case "title" -> Strings.title(text(value));
            case "capitalize" -> Strings.capitalize(text(value));
            case "string", "safe", "forceescape" -> text(value);
            case "escape", "e" -> escape(text(value));
            case "replace" ->
                Strings.replace(
                        text(value),
                        text(given.required(0, "old")),
                        text(given.required(1, "new")),
                        Values.integer(given.or(2, "count", -1L)));
            case "indent" -> indent(text(value), given);
            case "tojson" -> json(given).write(value);
            case "default", "d" ->
                value instanceof Undefined || (Values.truth(given.or(1, "boolean", false)) && !Values.truth(value))
                        ? given.or(0, "default_value", "")
                        : value;
            case "length", "count" -> length(value);
            case "int" -> integer(value, given.or(0, "default", 0L));
            case "float" -> real(value, given.or(0, "default", 0.0));
            case "abs" -> value instanceof Double d ? (Object) Math.abs(d) : (Object) Math.abs(Values.integer(value));
            case "first" -> Values.items(value).stream().findFirst().orElseGet(() -> new Undefined("first item"));
            case "last" -> {
                List<Object> items = Values.items(value);
                yield items.isEmpty() ? new Undefined("last item") : items.getLast();
            }
            case "list" -> new ArrayList<>(Values.items(value));
            case "reverse" ->
                value instanceof String s
                        ? new StringBuilder(s).reverse().toString()
                        : new ArrayList<>(Values.items(value)).reversed();
            case "join" ->
                Strings.join(
                        text(given.or(0, "d", "")),
                        Values.items(value).stream()
                                .map(item -> given.get(1, "attribute")
                                        .map(a -> Interpreter.path(item, a))
                                        .orElse(item))
                                .toList());
            case "items" -> pairs(value);
            case "dictsort" ->
                pairs(value).stream()
                        .sorted(Comparator.comparing(p -> key(Values.items(p).getFirst(), given), Values::compare))
                        .collect(Collectors.toCollection(ArrayList::new));
            case "sort" -> sorted(value, given);
            case "unique" -> {
                List<Object> seen = new ArrayList<>();
                Values.items(value).stream()
                        .filter(item -> seen.stream().noneMatch(s -> Values.equal(s, item)))
                        .forEach(seen::add);
                yield seen;
            }
            case "sum" -> Values.items(value).stream().reduce(0L, (a, b) -> Arithmetic.apply("+", a, b));
            case "min" -> Values.items(value).stream().min(Values::compare).orElseGet(() -> new Undefined("min"));
            case "max" -> Values.items(value).stream().max(Values::compare).orElseGet(() -> new Undefined("max"));
            case "map" -> map(value, arguments, named);
            case "select" -> chosen(value, Optional.empty(), arguments, true);
            case "reject" -> chosen(value, Optional.empty(), arguments, false);
            case "selectattr" -> chosen(value, Optional.of(given.required(0, "attribute")), tail(arguments), true);
            case "rejectattr" -> chosen(value, Optional.of(given.required(0, "attribute")), tail(arguments), false);
            default -> throw new JinjaException("there is no filter \"" + name + "\" in chat templates");
        };
    }

    /** The arguments of a filter. */
    record Arguments(List<Object> positional, Map<String, Object> named) {
        Optional<Object> get(int place, String name) {
            return place < positional.size()
                    ? Optional.of(positional.get(place))
                    : Optional.ofNullable(named.get(name));
        }

        Object or(int place, String name, Object fallback) {
            return get(place, name).orElse(fallback);
        }

        Object required(int place, String name) {
            return get(place, name)
                    .orElseThrow(() -> new JinjaException("a filter needs its argument \"" + name + "\""));
        }
    }

    private static String text(Object value) {
        return Values.text(value);
    }

    private static List<Object> tail(List<Object> list) {
        return list.isEmpty() ? list : list.subList(1, list.size());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private static String indent(String text, Arguments given) {
        Object width = given.or(0, "width", 4L);
        String blanks = width instanceof String s ? s : Strings.repeat(" ", Values.integer(width));
        boolean first = Values.truth(given.or(1, "first", false));
        boolean blank = Values.truth(given.or(2, "blank", false));
        String[] lines = text.split("\n", -1);
        Budget.make(lines.length, blanks.length());
        for (int i = 0; i < lines.length; i++) {
            if ((i > 0 || first) && (blank || i == 0 || !lines[i].isEmpty())) {
                lines[i] = blanks + lines[i];
            }
        }
        return String.join("\n", lines);
    }

    private static Json json(Arguments given) {
        Object indent = given.or(1, "indent", None.NONE);
        // Beyond any real one, and so small that the depth times it is an int.
        Json plain = Json.of(indent instanceof None ? -1 : Math.clamp(Values.integer(indent), 0, 1_000));
        List<Object> separators = given.get(2, "separators")
                .filter(s -> !(s instanceof None))
                .map(Values::items)
                .orElse(List.of(plain.itemSeparator(), plain.keySeparator()));
        return new Json(
                plain.indent(),
                text(separators.get(0)),
                text(separators.get(1)),
                Values.truth(given.or(3, "sort_keys", false)));
    }

    private static long length(Object value) {
        return switch (value) {
            case String s -> s.codePointCount(0, s.length());
            case Map<?, ?> m -> m.size();
            default -> Values.items(value).size();
        };
    }

    private static Object integer(Object value, Object fallback) {
        try {
            return switch (value) {
                case Double d -> d.longValue();
                case String s -> (long) Double.parseDouble(s.strip());
                default -> Values.integer(value);
            };
        } catch (NumberFormatException | JinjaException e) {
            return fallback;
        }
    }

    private static Object real(Object value, Object fallback) {
        try {
            return value instanceof String s ? Double.parseDouble(s.strip()) : Values.real(value);
        } catch (NumberFormatException | JinjaException e) {
            return fallback;
        }
    }

    static List<Object> pairs(Object value) {
        List<Object> pairs = new ArrayList<>();
        if (!(value instanceof Undefined)) {
            Values.map(value).forEach((key, item) -> pairs.add(List.of(Values.of(key), Values.of(item))));
        }
        return pairs;
    }

    private static Object key(Object value, Arguments given) {
        return value instanceof String s && !Values.truth(given.or(0, "case_sensitive", false))
                ? s.toLowerCase(Locale.ROOT)
                : value;
    }

    private static Object sorted(Object value, Arguments given) {
        Comparator<Object> order = Comparator.comparing(
                item -> {
                    Object by = given.get(2, "attribute")
                            .map(a -> Interpreter.path(item, a))
                            .orElse(item);
                    return by instanceof String s && !Values.truth(given.or(1, "case_sensitive", false))
                            ? s.toLowerCase(Locale.ROOT)
                            : by;
                },
                Values::compare);
        List<Object> items = new ArrayList<>(Values.items(value));
        items.sort(Values.truth(given.or(0, "reverse", false)) ? order.reversed() : order);
        return items;
    }

    private static Object map(Object value, List<Object> arguments, Map<String, Object> named) {
        List<Object> mapped = new ArrayList<>();
        for (Object item : Values.items(value)) {
            if (named.containsKey("attribute")) {
                Object found = Interpreter.path(item, Values.of(named.get("attribute")));
                mapped.add(
                        found instanceof Undefined && named.containsKey("default")
                                ? Values.of(named.get("default"))
                                : found);
            } else {
                mapped.add(apply(
                        text(new Arguments(arguments, named).required(0, "filter")),
                        item,
                        tail(arguments),
                        new LinkedHashMap<>(named)));
            }
        }
        return mapped;
    }

    /** Items that pass a test (or fail it), as a whole or by an attribute; without a test, by their truth. */
    private static Object chosen(Object value, Optional<Object> attribute, List<Object> test, boolean wanted) {
        Predicate<Object> holds = item -> {
            Object looked = attribute.map(a -> Interpreter.path(item, a)).orElse(item);
            return test.isEmpty() ? Values.truth(looked) : Tests.holds(text(test.getFirst()), looked, tail(test));
        };
        return Values.items(value).stream()
                .filter(item -> holds.test(item) == wanted)
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
