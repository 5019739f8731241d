package org.thurstone.rank.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Parses times in files as seconds since 1970 (UTC). */
final class Timestamps {

    /** 20051017 is a date; as seconds it would be August 1970. */
    private static final int COMPACT_DATE = 8;

    /** Seconds of a year beyond 5000 are milliseconds. */
    private static final double MILLISECONDS_FROM = 1e11;

    private Timestamps() {}

    /** Throws an IllegalArgumentException where it is none. */
    static double seconds(String text) {
        String time = text.strip();
        try {
            if (time.length() == COMPACT_DATE && time.chars().allMatch(Character::isDigit)) {
                return day(LocalDate.parse(time, DateTimeFormatter.BASIC_ISO_DATE));
            }
            if (time.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return day(LocalDate.parse(time));
            }
            if (time.matches("\\d{4}-\\d{2}-\\d{2}[T ].*")) {
                String iso = time.replaceFirst(" ", "T").replaceFirst(" UTC$", "Z");
                return iso.matches(".*(Z|[+-]\\d{2}:?\\d{2})$")
                        ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2"))
                                .toEpochSecond()
                        : LocalDateTime.parse(iso).toEpochSecond(ZoneOffset.UTC);
            }
            double number = Double.parseDouble(time);
            if (Double.isFinite(number)) {
                return Math.abs(number) >= MILLISECONDS_FROM ? number / 1000 : number;
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(complaint(text), e);
        }
        throw new IllegalArgumentException(complaint(text));
    }

    private static double day(LocalDate date) {
        return date.toEpochDay() * 86_400.0;
    }

    private static String complaint(String text) {
        return "\"" + text + "\" is not a time; use 2024-05-31, 20240531, 2024-05-31T12:00:00Z or seconds since 1970";
    }
}
