package org.thurstone.rank.file;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;

/**
 * The times of a column. What its numbers count, and whether the day or the month is first in its dates, is decided once all rows are read: a year,
 * a date in digits and seconds since 1970 look alike one by one.
 */
final class TimeColumn {

    /** Times of one kind; a column holds one kind only. */
    private enum Kind {
        NUMBER("a number"),
        DATE("a date with the year first or a month's name"),
        TWOFOLD("a date with the year last");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Above this, numbers of a unit would be beyond the year 5000. */
    private static final double MOST_SECONDS = 1e11;

    /** Below this, a number in a column of a finer unit is one of the first days of 1970 and does not tell the unit. */
    private static final double TELLING = 1e8;

    private static final double SECONDS_A_DAY = 86_400;

    /** Numbers between these are days: since 1970 from 1997 on, or of a spreadsheet up to 2119. As seconds they are a few hours of 1970. */
    private static final double FIRST_DAY = 10_000;

    private static final double LAST_DAY = 80_000;

    private static final int REMEMBERED = 100_000;

    private final Optional<TimeFormat> asked;
    private final Numbers values = new Numbers();
    private final Numbers monthFirst = new Numbers();
    private final Map<String, Timestamps.ParsedTime> seen = new HashMap<>();
    private Optional<Kind> kind = Optional.empty();
    private String column = "time";
    private String firstPlace = "";
    private boolean years = true;
    private boolean digits = true;
    private boolean days = true;
    private double least = Double.POSITIVE_INFINITY;
    private String leastPlace = "";
    private double most;
    private String mostPlace = "";
    private String notMonthFirst = "";
    private String notDayFirst = "";

    TimeColumn(Optional<TimeFormat> asked) {
        this.asked = asked;
    }

    void column(String name) {
        column = name;
    }

    /** A row without a time, because its file has no such column. */
    void none(int rows) {
        values.fill(rows, Double.NaN);
    }

    /**
     * The time of the next row.
     *
     * @throws IllegalArgumentException if it is none, or of another kind than those before
     */
    void add(String text, Path path, long line) {
        Optional<Double> number = Code.number(text.strip());
        Timestamps.ParsedTime reading =
                number.map(n -> new Timestamps.ParsedTime(n, Double.NaN, false)).orElseGet(() -> remembered(text));
        Kind found = number.isPresent() ? Kind.NUMBER : reading.twofold() ? Kind.TWOFOLD : Kind.DATE;
        if (kind.isEmpty()) {
            kind = Optional.of(found);
            firstPlace = path + ":" + line;
        } else if (kind.get() != found) {
            throw new IllegalArgumentException("\"" + column + "\" is \"" + text + "\", " + found.words + ", and in "
                    + firstPlace + " it is " + kind.get().words + "; write all of them in one way");
        }
        if (found == Kind.NUMBER) {
            note(reading.seconds(), path, line);
        } else if (found == Kind.TWOFOLD) {
            if (Double.isNaN(reading.monthFirst()) && notMonthFirst.isEmpty()) {
                notMonthFirst = "\"" + text + "\" (" + path + ":" + line + ")";
            }
            if (Double.isNaN(reading.seconds()) && notDayFirst.isEmpty()) {
                notDayFirst = "\"" + text + "\" (" + path + ":" + line + ")";
            }
        }
        if (found == Kind.TWOFOLD) {
            monthFirst.fill(values.size(), Double.NaN);
            monthFirst.add(reading.monthFirst());
        }
        values.add(reading.seconds());
    }

    private Timestamps.ParsedTime remembered(String text) {
        Timestamps.ParsedTime known = seen.get(text);
        if (known == null) {
            known = Timestamps.read(text);
            if (seen.size() < REMEMBERED) {
                seen.put(text, known);
            }
        }
        return known;
    }

    private void note(double number, Path path, long line) {
        years &= number >= 1000 && number < 3000;
        digits &= !Double.isNaN(Timestamps.ofDigits(number));
        days &= number >= FIRST_DAY && number < LAST_DAY;
        double size = Math.abs(number);
        if (size > most) {
            most = size;
            mostPlace = path + ":" + line;
        }
        if (size >= TELLING && size < least) {
            least = size;
            leastPlace = path + ":" + line;
        }
    }

    /** The times in seconds since 1970, of each row in turn, with a sentence that says how they were read. */
    record Decision(double[] seconds, List<String> remarks) {}

    /** @throws UserError if the column has no one reading */
    Decision decide() {
        if (kind.isEmpty()) {
            return new Decision(values.toArray(), List.of());
        }
        monthFirst.fill(kind.get() == Kind.TWOFOLD ? values.size() : 0, Double.NaN);
        double[] seconds = new double[values.size()];
        Optional<TimeFormat> format = switch (kind.get()) {
            case NUMBER -> Optional.of(ofNumbers());
            case TWOFOLD -> Optional.of(ofDates());
            case DATE -> Optional.empty();
        };
        for (int row = 0; row < seconds.length; row++) {
            boolean byMonth = format.equals(Optional.of(TimeFormat.MONTH_FIRST));
            double value = byMonth ? monthFirst.get(row) : values.get(row);
            seconds[row] = Double.isNaN(value) ? Double.NaN : seconds(value, format);
        }
        List<String> remarks = new ArrayList<>();
        remarks.add("\"" + column + "\" holds times"
                + format.map(f -> ", read as " + f.title()).orElse("") + ": " + span(seconds));
        return new Decision(seconds, remarks);
    }

    private static double seconds(double value, Optional<TimeFormat> format) {
        if (format.isEmpty()) {
            return value;
        }
        return switch (format.get()) {
            case YEAR -> {
                int year = (int) Math.floor(value);
                double start = Timestamps.day(year, 1, 1);
                yield start + (value - year) * (Timestamps.day(year + 1, 1, 1) - start);
            }
            case DIGITS -> Timestamps.ofDigits(value);
            case DAY_FIRST, MONTH_FIRST -> value;
            case DAYS -> value * SECONDS_A_DAY;
            case SPREADSHEET -> Timestamps.day(1899, 12, 30) + value * SECONDS_A_DAY;
            default -> value / format.get().perSecond();
        };
    }

    private TimeFormat ofNumbers() {
        if (asked.isPresent()) {
            TimeFormat format = asked.get();
            boolean fits = switch (format) {
                case DAY_FIRST, MONTH_FIRST -> false;
                case DIGITS -> digits;
                case YEAR -> most < 1e5;
                case DAYS, SPREADSHEET -> most < 1e7;
                default -> true;
            };
            if (!fits) {
                throw new UserError("--time-format is " + format.word() + ", and \"" + column
                        + "\" holds numbers such as " + Grades.number(most) + " (" + mostPlace + ")");
            }
            return format;
        }
        if (years) {
            return TimeFormat.YEAR;
        }
        if (digits) {
            return TimeFormat.DIGITS;
        }
        if (days) {
            throw new UserError("\"" + column + "\" holds numbers such as " + Grades.number(most) + " (" + mostPlace
                    + "), of which more than one reading is in use; say which it is: --time-format excel for the days of a"
                    + " spreadsheet (" + day(seconds(most, Optional.of(TimeFormat.SPREADSHEET)))
                    + "), --time-format days for days since 1970 ("
                    + day(seconds(most, Optional.of(TimeFormat.DAYS))) + "), or --time-format s for seconds");
        }
        TimeFormat format = unit(most);
        if (least < most && unit(least) != format) {
            throw new UserError("\"" + column + "\" holds " + unit(least).title() + " (" + leastPlace + ") and "
                    + format.title() + " (" + mostPlace + "), or one of these twice; say which with --time-format "
                    + unit(least).word() + " or --time-format " + format.word());
        }
        return format;
    }

    private static TimeFormat unit(double size) {
        return size < MOST_SECONDS
                ? TimeFormat.SECONDS
                : size < 1e3 * MOST_SECONDS
                        ? TimeFormat.MILLISECONDS
                        : size < 1e6 * MOST_SECONDS ? TimeFormat.MICROSECONDS : TimeFormat.NANOSECONDS;
    }

    private TimeFormat ofDates() {
        boolean dayFirst = notDayFirst.isEmpty();
        boolean month = notMonthFirst.isEmpty();
        if (asked.isPresent()) {
            TimeFormat format = asked.get();
            if (format == TimeFormat.DAY_FIRST ? !dayFirst : format == TimeFormat.MONTH_FIRST && !month) {
                throw new UserError("--time-format is " + format.word() + ", and \"" + column + "\" holds "
                        + (format == TimeFormat.DAY_FIRST ? notDayFirst : notMonthFirst));
            }
            if (format == TimeFormat.DAY_FIRST || format == TimeFormat.MONTH_FIRST) {
                return format;
            }
            throw new UserError(
                    "--time-format is " + format.word() + ", and \"" + column + "\" holds dates (" + firstPlace + ")");
        }
        if (dayFirst && month) {
            throw new UserError("the dates in \"" + column
                    + "\" may have the day or the month first; say which with --time-format dmy or --time-format mdy");
        }
        if (!dayFirst && !month) {
            throw new UserError("the dates in \"" + column + "\" have the month first in " + notDayFirst
                    + " and the day first in " + notMonthFirst);
        }
        return dayFirst ? TimeFormat.DAY_FIRST : TimeFormat.MONTH_FIRST;
    }

    private static String span(double[] seconds) {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (double s : seconds) {
            first = s < first ? s : first;
            last = s > last ? s : last;
        }
        return first > last ? "none" : day(first) + " to " + day(last);
    }

    private static String day(double seconds) {
        return Math.abs(seconds) > 1e13
                ? String.format(Locale.ROOT, "%.0f s after 1970", seconds)
                : Instant.ofEpochSecond((long) Math.floor(seconds))
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString();
    }
}
