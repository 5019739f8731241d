package org.thurstone.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurstone.data.UserError;

/**
 * Decides who may call the server. Without a key only programs of this machine may, and web pages whose origin was named: a page that a browser shows can
 * send requests to this machine too, under its own name ({@code Origin}) or, by DNS rebinding, under a name that was made to point here ({@code Host}).
 */
final class Gate {

    private final Optional<byte[]> key;
    private final List<String> origins;

    Gate(ServerOptions options) {
        this.key = options.key().map(Gate::digest);
        this.origins = options.origins().stream().map(Gate::origin).toList();
        if (key.isEmpty() && !isLoopback(options.host())) {
            throw new UserError("without a key the server listens on this machine only, and " + options.host()
                    + " is another address: give a key (--api-key-file), or leave out --host");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UserError("there is no address " + host + " to listen on", e);
        }
    }

    /** An origin as browsers write it. */
    private static String origin(String given) {
        try {
            URI uri = new URI(given);
            if (uri.getScheme() == null
                    || uri.getHost() == null
                    || !uri.getRawPath().isEmpty()) {
                throw new UserError(
                        "'" + given + "' is not an origin: it has a scheme and a host, such as https://example.org");
            }
            return given.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            throw new UserError("'" + given + "' is not an origin: " + e.getMessage(), e);
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The origin of a web page that may call. Empty where the request comes from no page. @throws ApiException with 403 for other pages */
    Optional<String> page(HttpServletRequest request) {
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("").toLowerCase(Locale.ROOT);
        if (key.isEmpty() && !isOwn(host)) {
            throw forbidden("the host '" + host + "' is not this machine");
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return Optional.empty();
        }
        String named = origin.toLowerCase(Locale.ROOT);
        if (origins.contains(named)) {
            return Optional.of(origin);
        }
        throw forbidden("web pages of '" + origin + "' may not call this server (--origin names those that may)");
    }

    private static ApiException forbidden(String message) {
        return new ApiException(403, "invalid_request_error", "", "forbidden", message);
    }

    private static boolean isOwn(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }

    /** @throws ApiException with 401 if a key is asked for, and another one or none was sent */
    void checkKey(HttpServletRequest request) {
        if (key.isEmpty()) {
            return;
        }
        String sent = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        boolean bearer = sent.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length());
        String secret = bearer ? sent.substring("Bearer ".length()).strip() : "";
        // Digests of equal length: the time says nothing about the key.
        if (!MessageDigest.isEqual(key.get(), digest(secret))) {
            throw new ApiException(
                    401,
                    "authentication_error",
                    "",
                    "invalid_api_key",
                    "the key is missing or wrong: send it as 'Authorization: Bearer KEY'");
        }
    }
}
