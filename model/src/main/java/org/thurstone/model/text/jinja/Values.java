package org.thurstone.model.text.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Values as in Python: truth, text and comparison. */
final class Values {

    private Values() {}

    /** A value as templates know it: whole numbers are Long, what Java calls null is None. */
    static Object of(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> None.NONE;
            case Integer i -> i.longValue();
            case Float f -> f.doubleValue();
            default -> value;
        };
    }

    static boolean truth(Object value) {
        return switch (value) {
            case Boolean b -> b;
            case None n -> false;
            case Undefined u -> false;
            case String s -> !s.isEmpty();
            case Long l -> l != 0;
            case Double d -> d != 0;
            case List<?> l -> !l.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            default -> true;
        };
    }

    /** Python's {@code str}. */
    static String text(Object value) {
        return switch (value) {
            case String s -> s;
            case Undefined u -> "";
            default -> repr(value);
        };
    }

    /** Python's {@code repr}. */
    static String repr(Object value) {
        Budget.enter();
        String text = written(value);
        Budget.make(text.length());
        Budget.leave();
        return text;
    }

    private static String written(Object value) {
        return switch (value) {
            case String s -> Strings.quote(s);
            case Boolean b -> b ? "True" : "False";
            case None n -> "None";
            case Undefined u -> "Undefined";
            case Double d -> number(d);
            case List<?> l -> {
                StringBuilder text = new StringBuilder("[");
                l.forEach(item -> text.append(text.length() > 1 ? ", " : "").append(repr(of(item))));
                yield text.append(']').toString();
            }
            case Map<?, ?> m -> {
                StringBuilder text = new StringBuilder("{");
                m.forEach((key, item) -> text.append(text.length() > 1 ? ", " : "")
                        .append(repr(of(key)))
                        .append(": ")
                        .append(repr(of(item))));
                yield text.append('}').toString();
            }
            case Namespace n -> "<Namespace " + repr(n.attributes()) + ">";
            case Function f -> "<function>";
            default -> String.valueOf(value);
        };
    }

    /** A double as Python prints it. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = value == 0 ? Double.toString(value) : new BigDecimal(Double.toString(value)).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String[] parts = Double.toString(value).split("E", 2);
        int exponent = Integer.parseInt(parts[1]);
        String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        return digits + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** What going through a value gives: items, characters, or keys. */
    static List<Object> items(Object value) {
        return switch (value) {
            case List<?> l -> {
                Budget.read(l.size());
                yield l.stream().map(Values::of).toList();
            }
            case Map<?, ?> m -> {
                Budget.read(m.size());
                yield m.keySet().stream().map(Values::of).toList();
            }
            case String s -> {
                Budget.step(s.length());
                Budget.make(s.length());
                yield new ArrayList<>(
                        s.codePoints().mapToObj(Character::toString).toList());
            }
            case Undefined u -> List.of();
            default ->
                throw new JinjaException(repr(value) + " cannot be iterated over: it is not a list, map or text");
        };
    }

    /** A value as the key of a map: as in Python, no list and no map can be one. */
    static Object key(Object value) {
        if (value instanceof List || value instanceof Map || value instanceof Namespace) {
            throw new JinjaException("a list or a map cannot be the key of a map");
        }
        return value;
    }

    static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw value instanceof Undefined u ? u.error() : new JinjaException(repr(value) + " is not a map");
    }

    static long integer(Object value) {
        return switch (value) {
            case Long l -> l;
            case Boolean b -> b ? 1 : 0;
            case Undefined u -> throw u.error();
            default -> throw new JinjaException(repr(value) + " is not a whole number");
        };
    }

    static double real(Object value) {
        return value instanceof Double d ? d : integer(value);
    }

    static boolean numeric(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static boolean equal(Object a, Object b) {
        Budget.enter();
        boolean equal = same(a, b);
        Budget.leave();
        return equal;
    }

    private static boolean same(Object a, Object b) {
        if (numeric(a) && numeric(b)) {
            return real(a) == real(b);
        }
        if (a instanceof Undefined && b instanceof Undefined) {
            return true;
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return x.size() == y.size()
                    && java.util.stream.IntStream.range(0, x.size()).allMatch(i -> equal(of(x.get(i)), of(y.get(i))));
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.size() == y.size()
                    && x.entrySet().stream()
                            .allMatch(e -> y.containsKey(e.getKey()) && equal(of(e.getValue()), of(y.get(e.getKey()))));
        }
        if (a instanceof String x && b instanceof String y) {
            Budget.read(Math.min(x.length(), y.length()));
            return x.equals(y);
        }
        return Objects.equals(a, b);
    }

    static int compare(Object a, Object b) {
        Budget.enter();
        int order = order(a, b);
        Budget.leave();
        return order;
    }

    private static int order(Object a, Object b) {
        if (numeric(a) && numeric(b)) {
            return Double.compare(real(a), real(b));
        }
        if (a instanceof String x && b instanceof String y) {
            Budget.read(Math.min(x.length(), y.length()));
            return x.compareTo(y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                int order = compare(of(x.get(i)), of(y.get(i)));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(x.size(), y.size());
        }
        throw new JinjaException(repr(a) + " and " + repr(b) + " have no order");
    }

    static boolean contains(Object where, Object what) {
        return switch (where) {
            case String s
            when what instanceof String part -> {
                Budget.search(s, part);
                yield s.contains(part);
            }
            case String s -> throw new JinjaException("only a text can be in a text, not " + repr(what));
            case Map<?, ?> m -> m.containsKey(key(what));
            case Namespace n -> n.attributes().containsKey(text(what));
            default -> items(where).stream().anyMatch(item -> equal(item, what));
        };
    }
}
