package org.thurstone.rank.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.UserError;

class TimeColumnTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1970-01-02|86400",
                "1970/1/2|86400",
                "1970.01.02|86400",
                "1970-02|2678400",
                "19700102|86400",
                "19700101000100|60",
                "197001010100|3600",
                "1970-01-01T00:00:05Z|5",
                "19700101T000105Z|65",
                "19700102T0001|86460",
                "1970-01-01T00:00:05.25Z|5.25",
                "1970-01-01 01:00:00+0100|0",
                "1970-01-01 01:00+01:00|0",
                "1970-01-01 00:01:00 UTC|60",
                "1970-01-01 12:30 PM|45000",
                "2 Jan 1970|86400",
                "2-Jan-1970|86400",
                "January 2, 1970|86400",
                "Fri, 2 Jan 1970 00:00:01|86401",
                "02.01.1970|86400",
                "1700000000|1700000000",
                "1700000000.5|1700000000.5",
                "1700000000123|1700000000.123",
                "1700000000123000|1700000000.123",
                "1700000000000000000|1700000000",
                "1971|31536000",
                "1969|-31536000",
                "63072000|63072000",
                "0|0",
            })
    void aTimeIsReadAsItIsWritten(String text, double seconds) {
        assertThat(read(Optional.empty(), text)).containsExactly(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "31/01/1970, 01/02/1970|2592000, 2678400",
                "01/31/1970, 02/01/1970|2592000, 2678400",
                "31-01-70, 01-02-70|2592000, 2678400",
                "31/01/1970 00:01, 01/02/1970 00:00:02|2592060, 2678402",
                "19700102, 63072000|19700102, 63072000",
                "1970, 2970|0, 31556995200",
                "3.5, 1700000000000|0.0035, 1700000000",
                "20240531120000, 1700000000000|20240531120, 1700000000",
            })
    void theWholeColumnDecides(String texts, String seconds) {
        assertThat(read(Optional.empty(), texts.split(", ")))
                .containsExactly(Stream.of(seconds.split(", "))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "05/06/1970, 07/08/1970|may have the day or the month first; say which with --time-format dmy or"
                        + " --time-format mdy",
                "31/01/1970, 01/31/1970|month first in \"01/31/1970\" (f:1) and the day first in \"31/01/1970\" (f:0)",
                "1700000000, 1700000000000|holds seconds since 1970 (f:0) and milliseconds since 1970 (f:1)",
                "1700000000000, 1700000000000000000|holds milliseconds since 1970 (f:0) and nanoseconds",
                "2024-05-31, 1700000000|\"1700000000\", a number, and in f:0 it is a date",
                "2024-05-31, 31/05/2024|is \"31/05/2024\", a date with the year last",
                "45443, 45442.5|--time-format excel for the days of a spreadsheet (2024-05-31), --time-format days for days"
                        + " since 1970 (2094-06-02), or --time-format s for seconds",
                "19873, 19874|more than one reading is in use",
                "2024-02-30|is not a time",
                "30/02/2024|is not a time",
                "soon|is not a time",
                "2024-05-31T25:00|is not a time",
            })
    void columnsWithoutOneReadingAreRefused(String texts, String message) {
        assertThatThrownBy(() -> read(Optional.empty(), texts.split(", ")))
                .isInstanceOfAny(UserError.class, IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dmy|05/06/1970|13392000",
                "mdy|05/06/1970|10800000",
                "s|1970|1970",
                "ms|1500|1.5",
                "us|1700000000|1700",
                "ns|1700000000000000000|1700000000",
                "ymd|19700102|86400",
                "s|19700102|19700102",
                "year|1971.5|47304000",
                "days|1.5|129600",
                "excel|25569.25|21600",
                "s|45443|45443",
            })
    void aGivenFormatIsUsed(String format, String text, double seconds) {
        assertThat(read(Optional.of(TimeFormat.parse(format)), text)).containsExactly(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dmy|01/31/2024",
                "mdy|31/01/2024",
                "dmy|1700000000",
                "ymd|1700000000",
                "ms|31/01/2024",
                "year|1700000000"
            })
    void aFormatThatDoesNotFitIsRefused(String format, String text) {
        assertThatThrownBy(() -> read(Optional.of(TimeFormat.parse(format)), text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--time-format is " + format);
    }

    private static double[] read(Optional<TimeFormat> format, String... texts) {
        TimeColumn column = new TimeColumn(format);
        for (int k = 0; k < texts.length; k++) {
            column.add(texts[k], Path.of("f"), k);
        }
        return column.decide().seconds();
    }
}
