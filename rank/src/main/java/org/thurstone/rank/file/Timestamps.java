package org.thurstone.rank.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses single times in files as seconds since 1970 (UTC). */
final class Timestamps {

    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})(?:([-/.])(\\d{1,2})(?:\\2(\\d{1,2}))?)(?:[T ]\\s*(\\d.*))?");
    /** As ISO 8601 writes it without separators. */
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})[T ](\\d{2})(\\d{2})(\\d{2})?(.*)");

    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})(?:[T ,]\\s*(\\d.*))?");
    private static final Pattern WITH_MONTH = Pattern.compile(
            "(?:[a-z]{3,9},?\\s+)?(?:(\\d{1,2})(?:st|nd|rd|th)?[- ]([a-z]{3,9})\\.?,?[- ](\\d{4})"
                    + "|([a-z]{3,9})\\.?[- ](\\d{1,2})(?:st|nd|rd|th)?,?[- ](\\d{4}))(?:[T ,]\\s*(\\d.*))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile(
            "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?\\s*([ap]m)?\\s*(z|utc|gmt|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})?",
            Pattern.CASE_INSENSITIVE);
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private Timestamps() {}

    /**
     * A time whose text tells what it is, or the two readings of a date in which day and month may be either.
     *
     * @param seconds with the day first, or the only reading; NaN if there is none
     * @param monthFirst with the month first; NaN if that is no date
     */
    record ParsedTime(double seconds, double monthFirst, boolean twofold) {}

    /** A time that is not a number alone; throws an IllegalArgumentException where it is none. */
    static ParsedTime read(String text) {
        String time = text.strip();
        try {
            Matcher compact = COMPACT.matcher(time);
            if (compact.matches()) {
                String second = compact.group(6) == null ? "" : ":" + compact.group(6);
                return one(
                        day(
                                Integer.parseInt(compact.group(1)),
                                Integer.parseInt(compact.group(2)),
                                Integer.parseInt(compact.group(3))),
                        compact.group(4) + ":" + compact.group(5) + second + compact.group(7));
            }
            Matcher yearFirst = YEAR_FIRST.matcher(time);
            if (yearFirst.matches()) {
                int day = yearFirst.group(4) == null ? 1 : Integer.parseInt(yearFirst.group(4));
                return one(
                        day(Integer.parseInt(yearFirst.group(1)), Integer.parseInt(yearFirst.group(3)), day),
                        yearFirst.group(5));
            }
            Matcher yearLast = YEAR_LAST.matcher(time);
            if (yearLast.matches()) {
                int first = Integer.parseInt(yearLast.group(1));
                int second = Integer.parseInt(yearLast.group(3));
                int year = year(yearLast.group(4));
                double clock = clock(yearLast.group(5));
                // With dots the day is first wherever they are used.
                boolean dots = yearLast.group(2).equals(".");
                double dayFirst = second > 12 ? Double.NaN : day(year, second, first) + clock;
                double monthFirst = dots || first > 12 ? Double.NaN : day(year, first, second) + clock;
                if (Double.isNaN(dayFirst) && Double.isNaN(monthFirst)) {
                    throw new IllegalArgumentException(complaint(text));
                }
                return dots ? new ParsedTime(dayFirst, Double.NaN, false) : new ParsedTime(dayFirst, monthFirst, true);
            }
            Matcher month = WITH_MONTH.matcher(time);
            if (month.matches()) {
                boolean dayFirst = month.group(1) != null;
                String name =
                        month.group(dayFirst ? 2 : 4).toLowerCase(Locale.ROOT).substring(0, 3);
                return one(
                        day(
                                Integer.parseInt(month.group(dayFirst ? 3 : 6)),
                                MONTHS.indexOf(name) + 1,
                                Integer.parseInt(month.group(dayFirst ? 1 : 5))),
                        month.group(7));
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(complaint(text), e);
        }
        throw new IllegalArgumentException(complaint(text));
    }

    private static ParsedTime one(double day, @org.jspecify.annotations.Nullable String clock) {
        return new ParsedTime(day + clock(clock), Double.NaN, false);
    }

    private static int year(String text) {
        int year = Integer.parseInt(text);
        return text.length() == 4 ? year : year < 70 ? 2000 + year : 1900 + year;
    }

    static double day(int year, int month, int day) {
        return LocalDate.of(year, month, day).toEpochDay() * 86_400.0;
    }

    /** Seconds since midnight UTC; 0 without a time of day. */
    private static double clock(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return 0;
        }
        Matcher time = TIME.matcher(text.strip());
        if (!time.matches()) {
            throw new DateTimeException("\"" + text + "\" is not a time of day");
        }
        int hour = Integer.parseInt(time.group(1));
        if (time.group(5) != null) {
            hour = hour % 12 + (time.group(5).equalsIgnoreCase("pm") ? 12 : 0);
        }
        int second = time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
        double fraction = time.group(4) == null ? 0 : Double.parseDouble("0." + time.group(4));
        double seconds = LocalTime.of(hour, Integer.parseInt(time.group(2)), second == 60 ? 59 : second)
                        .toSecondOfDay()
                + fraction;
        String zone = time.group(6);
        if (zone == null || zone.matches("(?i)z|utc|gmt")) {
            return seconds;
        }
        String offset = zone.length() == 5 ? zone.substring(0, 3) + ":" + zone.substring(3) : zone;
        return seconds - ((ZoneOffset) ZoneId.of(offset)).getTotalSeconds();
    }

    /** Digits with the year first: 20240531, 202405311200 or 20240531120000; NaN if they are no date. */
    static double ofDigits(double number) {
        if (!(number >= 1e7 && number < 1e14) || number != Math.rint(number)) {
            return Double.NaN;
        }
        long digits = (long) number;
        long day;
        long clock;
        if (digits < 100_000_000L) {
            day = digits;
            clock = 0;
        } else if (digits >= 100_000_000_000L && digits < 1_000_000_000_000L) {
            day = digits / 10_000;
            clock = digits % 10_000 * 100;
        } else if (digits >= 10_000_000_000_000L) {
            day = digits / 1_000_000;
            clock = digits % 1_000_000;
        } else {
            return Double.NaN;
        }
        int year = (int) (day / 10_000);
        int month = (int) (day / 100 % 100);
        int date = (int) (day % 100);
        boolean real = year >= 1000
                && year <= 2999
                && month >= 1
                && month <= 12
                && date >= 1
                && date <= LocalDate.of(year, month, 1).lengthOfMonth()
                && clock / 10_000 < 24
                && clock / 100 % 100 < 60
                && clock % 100 < 60;
        return real
                ? day(year, month, date) + clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100
                : Double.NaN;
    }

    static String complaint(String text) {
        return "\"" + text
                + "\" is not a time; use 2024-05-31, 31/05/2024, 20240531, 2024-05-31T12:00:00Z, a year or seconds since"
                + " 1970";
    }
}
