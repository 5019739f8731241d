package org.thurstone.endpoint.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long a server asks to wait. A value that says nothing sensible is passed over, so that the caller's own pause holds. */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,13}(\\.\\d{1,9})?");
    private static final Pattern PARTS = Pattern.compile(
            "(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)ms)?");
    private static final Pattern IN_WORDS = Pattern.compile(
            "(?:try again|retry) (?:in|after) ((?:\\d+(?:\\.\\d+)?(?:ms|h|m|s))+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"(\\d+(?:\\.\\d+)?s)\"");

    private RetryAfter() {}

    /** The wait that a refusal asks for: its headers, else a hint in its body. */
    public static Optional<Duration> of(Exchange refusal, Instant now) {
        return refusal.header("retry-after-ms")
                .flatMap(RetryAfter::milliseconds)
                .or(() -> refusal.header("retry-after").flatMap(value -> header(value, now)))
                .or(() -> hint(refusal.body()));
    }

    /** The value of {@code Retry-After}: seconds, possibly with a fraction, or a date. */
    public static Optional<Duration> header(String value, Instant now) {
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(seconds(text));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> milliseconds(String value) {
        return SECONDS.matcher(value.strip()).matches()
                ? Optional.of(seconds(value.strip()).dividedBy(1000))
                : Optional.empty();
    }

    private static Duration seconds(String text) {
        BigDecimal value = new BigDecimal(text);
        return Duration.ofSeconds(
                value.longValue(),
                value.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }

    private static Optional<Duration> hint(String body) {
        Matcher words = IN_WORDS.matcher(body);
        if (words.find()) {
            return parts(words.group(1));
        }
        Matcher delay = DELAY.matcher(body);
        return delay.find() ? parts(delay.group(1)) : Optional.empty();
    }

    /** {@code 6m0s}, {@code 456ms}, {@code 1h2m}. */
    private static Optional<Duration> parts(String text) {
        Matcher m = PARTS.matcher(text.toLowerCase(Locale.ROOT));
        if (text.isEmpty() || !m.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        sum = m.group(1) == null ? sum : sum.plusHours(Long.parseLong(m.group(1)));
        sum = m.group(2) == null ? sum : sum.plusMinutes(Long.parseLong(m.group(2)));
        sum = m.group(3) == null ? sum : sum.plus(seconds(m.group(3)));
        sum = m.group(4) == null ? sum : sum.plus(seconds(m.group(4)).dividedBy(1000));
        return Optional.of(sum);
    }

    /**
     * The wait until a limit that is used up is reset: the longest of {@code x-ratelimit-reset…} headers (and those of other prefixes) whose {@code
     * remaining} is 0, or unknown if the call was refused. Values are seconds, {@code 6m0s}, or a time.
     */
    public static Optional<Duration> reset(Exchange reply, Instant now) {
        Optional<Duration> longest = Optional.empty();
        for (Map.Entry<String, java.util.List<String>> header : reply.headers().entrySet()) {
            String name = header.getKey();
            if (!name.contains("ratelimit")
                    || !name.contains("reset")
                    || header.getValue().isEmpty()) {
                continue;
            }
            Optional<String> remaining = reply.header(name.replace("reset", "remaining"));
            boolean usedUp = remaining.map(r -> r.strip().matches("0+(\\.0*)?")).orElse(reply.status() == 429);
            Optional<Duration> wait = usedUp ? resetValue(header.getValue().getFirst(), now) : Optional.empty();
            if (wait.isPresent()
                    && longest.map(l -> l.compareTo(wait.get()) < 0).orElse(true)) {
                longest = wait;
            }
        }
        return longest;
    }

    private static Optional<Duration> resetValue(String value, Instant now) {
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            Duration amount = seconds(text);
            // So many seconds are no wait but a point in time, in seconds or milliseconds.
            if (amount.toSeconds() > 1_000_000_000L) {
                Instant then = amount.toSeconds() > 100_000_000_000L
                        ? Instant.ofEpochMilli(amount.toSeconds())
                        : Instant.ofEpochSecond(amount.toSeconds());
                return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
            }
            return Optional.of(amount);
        }
        Optional<Duration> parts = parts(text);
        if (parts.isPresent()) {
            return parts;
        }
        try {
            Instant then = Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
