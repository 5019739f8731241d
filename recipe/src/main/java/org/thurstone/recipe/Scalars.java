package org.thurstone.recipe;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and writes single values by type. Each reader throws an IllegalArgumentException that says why not. */
final class Scalars {

    private static final String DIGITS = "\\d+(?:_\\d+)*";
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(?:" + DIGITS + "(?:\\.(?:" + DIGITS + ")?)?|\\." + DIGITS + ")(?:[eE][-+]?\\d{1,9})?");
    private static final Pattern INFINITY = Pattern.compile("([-+]?)\\.?(?:inf|Inf|INF|[iI]nfinity)");
    private static final Pattern NAN = Pattern.compile("[-+]?\\.?(?:nan|NaN|NAN)");

    private Scalars() {}

    /** What a message and the catalogue call the type; empty where it is not one for single values. */
    static Optional<String> describe(Class<?> type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return Optional.of("a whole number");
        } else if (type == double.class || type == Double.class) {
            return Optional.of("a number");
        } else if (type == boolean.class || type == Boolean.class) {
            return Optional.of("true or false");
        } else if (type == String.class) {
            return Optional.of("text");
        } else if (type == Path.class) {
            return Optional.of("a path");
        } else if (type == Duration.class) {
            return Optional.of("a duration such as 90s or 1h30m");
        } else if (type.isEnum()) {
            return Optional.of("one of " + String.join(", ", words(type)));
        }
        return Optional.empty();
    }

    /** The value of a type that {@link #describe} knows. */
    static Object read(Node.Scalar scalar, Class<?> type) {
        String text = scalar.text();
        if (type == String.class) {
            return text;
        } else if (type == Path.class) {
            return path(text);
        } else if (type == Duration.class) {
            return Durations.read(text);
        } else if (type.isEnum()) {
            return constant(text, type);
        }
        if (scalar.quoted()) {
            throw new IllegalArgumentException("\"" + text + "\" stands in quotes and is text, not "
                    + describe(type).orElseThrow());
        } else if (type == boolean.class || type == Boolean.class) {
            return bool(text);
        } else if (type == double.class || type == Double.class) {
            return number(text);
        } else if (type == long.class || type == Long.class) {
            return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        return Math.toIntExact(whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** Text, unless it is written as a number, true or false. */
    static Object untyped(Node.Scalar scalar) {
        String text = scalar.text();
        if (!scalar.quoted() && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        if (scalar.quoted() || !NUMBER.matcher(text).matches()) {
            return text;
        }
        BigDecimal number = new BigDecimal(text.replace("_", ""));
        boolean whole = text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
        return whole && number.precision() <= 18 ? (Object) number.longValueExact() : (Object) number.doubleValue();
    }

    /** As {@link #read} takes it back: shortest digits, kebab-case constants. */
    static String write(Object value) {
        return switch (value) {
            case Double d when d.isInfinite() -> d > 0 ? ".inf" : "-.inf";
            case Double d -> d.toString().replace(".0E", "e").replace('E', 'e');
            case Enum<?> e -> Names.kebab(e.name());
            case Duration d -> Durations.write(d);
            default -> value.toString();
        };
    }

    private static double number(String text) {
        if (NUMBER.matcher(text).matches()) {
            double value = Double.parseDouble(text.replace("_", ""));
            boolean zero = text.replaceFirst("[eE].*", "").chars().noneMatch(c -> c >= '1' && c <= '9');
            if (Double.isInfinite(value) || (value == 0 && !zero)) {
                throw new IllegalArgumentException(
                        text + " is too " + (value == 0 ? "small" : "large") + " for a double");
            }
            return value;
        }
        if (INFINITY.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (NAN.matcher(text).matches()) {
            throw new IllegalArgumentException("NaN is not a valid value");
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a number");
    }

    private static long whole(String text, long least, long most) {
        if (NUMBER.matcher(text).matches()) {
            BigDecimal value = new BigDecimal(text.replace("_", "")).stripTrailingZeros();
            boolean large = value.precision() - (long) value.scale() > 20;
            if (value.scale() <= 0) {
                if (large
                        || value.toBigInteger().compareTo(BigInteger.valueOf(least)) < 0
                        || value.toBigInteger().compareTo(BigInteger.valueOf(most)) > 0) {
                    throw new IllegalArgumentException(
                            text + " is outside the whole numbers from " + least + " to " + most);
                }
                return value.longValueExact();
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a whole number");
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            case "yes", "Yes", "on", "On", "1" -> throw new IllegalArgumentException("write true instead of " + text);
            case "no", "No", "off", "Off", "0" -> throw new IllegalArgumentException("write false instead of " + text);
            default -> throw new IllegalArgumentException("\"" + text + "\" is not true or false");
        };
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a path: " + e.getReason(), e);
        }
    }

    private static Object constant(String text, Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(c -> ((Enum<?>) c).name().equals(text) || write(c).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown " + Names.kebab(type.getSimpleName()).replace('-', ' ') + " \"" + text + "\""
                                + Names.hint(text, words(type))));
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Scalars::write).toList();
    }
}
