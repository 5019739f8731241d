package org.thurstone.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private static Exchange refusal(String body, String... headers) {
        Map<String, List<String>> all = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return new Exchange(429, all, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "1.5, PT1.5S",
        "0, PT0S",
        "' 7 ', PT7S",
        "'Sun, 29 Nov 2026 12:00:30 GMT', PT30S",
        "'Sun, 29 Nov 2026 11:59:30 GMT', PT0S",
        "999999999999, PT277777777H46M39S",
    })
    void secondsFractionsAndDatesAreRead(String value, Duration wait) {
        assertThat(RetryAfter.header(value, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-5",
                "120junk",
                "inf",
                "NaN",
                "1e10000",
                "",
                " ",
                "1e3",
                "12345678901234567890",
                "Sun, 40 Nov 2026",
                "0x10"
            })
    void whatIsNoWaitLeavesThePauseToTheCaller(String value) {
        assertThat(RetryAfter.header(value, NOW)).isEmpty();
        assertThat(RetryAfter.of(refusal("", "Retry-After", value), NOW)).isEmpty();
    }

    @Test
    void millisecondsGoBeforeSecondsAndHeadersBeforeHints() {
        assertThat(RetryAfter.of(refusal("", "retry-after-ms", "456", "retry-after", "9"), NOW))
                .contains(Duration.ofMillis(456));
        assertThat(RetryAfter.of(refusal("Please try again in 456ms.", "retry-after", "9"), NOW))
                .contains(Duration.ofSeconds(9));
        assertThat(RetryAfter.of(refusal("Rate limit reached. Please try again in 456ms."), NOW))
                .contains(Duration.ofMillis(456));
        assertThat(RetryAfter.of(refusal("Please try again in 1m3.5s. Visit"), NOW))
                .contains(Duration.ofMillis(63_500));
        assertThat(RetryAfter.of(refusal("{\"details\": [{\"retryDelay\": \"37s\"}]}"), NOW))
                .contains(Duration.ofSeconds(37));
        assertThat(RetryAfter.of(refusal("try again later"), NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, PT1S",
        "6m0s, PT6M",
        "1h2m3s, PT1H2M3S",
        "456ms, PT0.456S",
        "2026-11-29T12:00:10Z, PT10S",
        "2026-11-29T13:00:10+01:00, PT10S",
        "2026-11-29T11:00:00Z, PT0S",
        "1795953610, PT10S",
        "1795953610000, PT10S",
    })
    void aLimitThatIsUsedUpIsWaitedFor(String value, Duration wait) {
        assertThat(RetryAfter.reset(
                        refusal("", "x-ratelimit-reset-requests", value, "x-ratelimit-remaining-requests", "0"), NOW))
                .contains(wait);
        assertThat(RetryAfter.reset(refusal("", "anthropic-ratelimit-tokens-reset", value), NOW))
                .contains(wait);
        assertThat(RetryAfter.reset(
                        refusal("", "x-ratelimit-reset-requests", value, "x-ratelimit-remaining-requests", "3"), NOW))
                .isEmpty();
    }

    @Test
    void theLongestOfSeveralResetsHolds() {
        assertThat(RetryAfter.reset(
                        refusal("", "x-ratelimit-reset-requests", "1s", "x-ratelimit-reset-tokens", "5s"), NOW))
                .contains(Duration.ofSeconds(5));
    }
}
