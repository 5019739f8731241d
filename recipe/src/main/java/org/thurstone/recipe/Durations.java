package org.thurstone.recipe;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and writes durations such as {@code 500ms}, {@code 90s}, {@code 1h30m}, {@code 0.5d}; ISO 8601's {@code PT5M} is accepted as well. */
final class Durations {

    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

    private Durations() {}

    static Duration read(String text) {
        try {
            if (text.matches("[-+]?P.*")) {
                return Duration.parse(text);
            }
            Duration sum = Duration.ZERO;
            int end = 0;
            Matcher part = PART.matcher(text);
            while (part.find() && part.start() == end) {
                sum = sum.plus(amount(new BigDecimal(part.group(1)), part.group(2)));
                end = part.end();
            }
            if (end == text.length() && end > 0) {
                return sum;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw refused(text, e);
        }
        throw refused(text, null);
    }

    private static IllegalArgumentException refused(String text, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a duration; write 500ms, 90s, 15m, 1h30m or 2d", cause);
    }

    private static Duration amount(BigDecimal count, String unit) {
        long nanos = switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
        BigDecimal[] parts =
                count.multiply(BigDecimal.valueOf(nanos)).divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValue());
    }

    static String write(Duration d) {
        if (d.isNegative() || d.toNanosPart() % 1_000_000 != 0) {
            return d.toString();
        }
        StringBuilder text = new StringBuilder();
        part(text, d.toDaysPart(), "d");
        part(text, d.toHoursPart(), "h");
        part(text, d.toMinutesPart(), "m");
        part(text, d.toSecondsPart(), "s");
        part(text, d.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void part(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
