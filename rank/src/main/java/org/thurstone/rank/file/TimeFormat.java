package org.thurstone.rank.file;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the times of a column are, where they could be more than one thing. */
public enum TimeFormat {
    /** Numbers of years; a battle of 1990 is one of its first moment. */
    YEAR("year", "years"),
    SECONDS("s", "seconds since 1970"),
    MILLISECONDS("ms", "milliseconds since 1970"),
    MICROSECONDS("us", "microseconds since 1970"),
    NANOSECONDS("ns", "nanoseconds since 1970"),
    DAYS("days", "days since 1970"),
    /** Serial numbers of dates in a spreadsheet: days since the end of 1899. */
    SPREADSHEET("excel", "days of a spreadsheet"),
    /** Dates such as 31/05/2024. */
    DAY_FIRST("dmy", "dates with the day first"),
    /** Dates such as 05/31/2024. */
    MONTH_FIRST("mdy", "dates with the month first"),
    /** Digits such as 20240531, 202405311200 and 20240531120000. */
    DIGITS("ymd", "dates in digits, the year first");

    private final String word;
    private final String title;

    TimeFormat(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** As a user writes it. */
    public String word() {
        return word;
    }

    String title() {
        return title;
    }

    /** @throws IllegalArgumentException if no format has this name */
    public static TimeFormat parse(String text) {
        Optional<TimeFormat> format = Stream.of(values())
                .filter(f -> f.word.equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
        return format.orElseThrow(() -> new IllegalArgumentException("there is no format of times \"" + text
                + "\"; there are "
                + String.join(", ", Stream.of(values()).map(TimeFormat::word).toList())));
    }

    double perSecond() {
        return switch (this) {
            case MILLISECONDS -> 1e3;
            case MICROSECONDS -> 1e6;
            case NANOSECONDS -> 1e9;
            default -> 1;
        };
    }
}
