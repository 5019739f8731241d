package org.thurstone.serve;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a {@link ModelServer}.
 *
 * @param host address to listen on; without a key only one of this machine itself
 * @param port 0 for any that is free
 * @param key what clients send as {@code Authorization: Bearer KEY}; empty for none
 * @param origins web pages that may call the server, such as {@code https://example.org}
 * @param slots answers that are sampled at a time
 * @param queue answers that may wait for a slot; what comes on top is refused with 429
 * @param longestBody bytes of a request
 * @param longestRequest time for a request, from its first byte to the last one of the answer
 */
public record ServerOptions(
        String host,
        int port,
        Optional<String> key,
        List<String> origins,
        int slots,
        int queue,
        long longestBody,
        Duration longestRequest) {

    /** On this machine only, on any free port. */
    public static final ServerOptions LOCAL =
            new ServerOptions("127.0.0.1", 0, Optional.empty(), List.of(), 16, 256, 16L << 20, Duration.ofMinutes(10));

    public ServerOptions {
        origins = List.copyOf(origins);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is outside 0 … 65535");
        }
        if (key.isPresent() && key.get().isBlank()) {
            throw new IllegalArgumentException("the key is empty");
        }
        if (slots < 1 || queue < 0 || longestBody < 1 || longestRequest.isNegative() || longestRequest.isZero()) {
            throw new IllegalArgumentException(
                    "a server needs at least one slot, no negative queue, and limits above 0");
        }
    }

    /** The same server on another port. */
    public ServerOptions withPort(int other) {
        return new ServerOptions(host, other, key, origins, slots, queue, longestBody, longestRequest);
    }

    /** The same server with a key. */
    public ServerOptions withKey(String secret) {
        return new ServerOptions(host, port, Optional.of(secret), origins, slots, queue, longestBody, longestRequest);
    }

    /** The same server for these web pages. */
    public ServerOptions withOrigins(List<String> pages) {
        return new ServerOptions(host, port, key, pages, slots, queue, longestBody, longestRequest);
    }

    /** The same server with other numbers of slots and of waiting answers. */
    public ServerOptions withSlots(int running, int waiting) {
        return new ServerOptions(host, port, key, origins, running, waiting, longestBody, longestRequest);
    }

    /** The same server with other limits. */
    public ServerOptions withLimits(long body, Duration request) {
        return new ServerOptions(host, port, key, origins, slots, queue, body, request);
    }
}
