package org.thurstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.endpoint.http.Exchange;

class StatusRulesTest {

    @ParameterizedTest
    @CsvSource({
        "429, '{\"error\": {\"code\": \"rate_limit_exceeded\"}}', , Retry",
        "429, '{\"error\": {\"status\": \"RESOURCE_EXHAUSTED\", \"message\": \"Quota exceeded for requests per minute\"}}', , Retry",
        "429, '{\"error\": {\"code\": \"insufficient_quota\"}}', , Stop",
        "429, '{\"error\": {\"code\": \"insufficient_quota\"}}', 20, Stop",
        "429, 'Your credit balance is too low', , Stop",
        "429, 'Your credit balance is too low', 20, Retry",
        "408, '', , Retry",
        "500, '', , Retry",
        "502, '', , Retry",
        "503, '', , Retry",
        "504, '', , Retry",
        "529, '{\"type\": \"overloaded_error\"}', , Retry",
        "400, '', , Stop",
        "401, '', , Stop",
        "403, '', , Stop",
        "404, '', , Stop",
        "422, '', , Stop",
        "413, '', , Skip",
        "302, '', , Stop",
    })
    void statusesAreToldApart(int status, String body, String retryAfter, String verdict) {
        Exchange refusal = new Exchange(
                status,
                retryAfter == null ? Map.of() : Map.of("Retry-After", List.of(retryAfter)),
                body.getBytes(StandardCharsets.UTF_8));
        assertThat(StatusRules.of(refusal, Chats.NOW).getClass().getSimpleName())
                .isEqualTo(verdict);
    }
}
