package org.thurstone.endpoint.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A reply of a server.
 *
 * @param headers by their names in lower case
 * @param bytes the body, whole
 */
public record Exchange(int status, Map<String, List<String>> headers, byte[] bytes) {

    public Exchange {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = lower;
    }

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    public String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The first value of a header, by its name in lower case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The same reply with another status and body. */
    public Exchange with(int otherStatus, String otherBody) {
        return new Exchange(otherStatus, headers, otherBody.getBytes(StandardCharsets.UTF_8));
    }
}
