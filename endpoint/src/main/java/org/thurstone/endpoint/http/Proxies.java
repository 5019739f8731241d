package org.thurstone.endpoint.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;

/**
 * The proxies that the environment names, which Java itself does not read: {@code https_proxy}, {@code http_proxy} and {@code all_proxy}, and {@code
 * no_proxy} for hosts that are reached without one; the spelling in lower case wins. Addresses of this machine are always reached directly.
 *
 * @param variables name and value of those that are set, with the name as it is spelled
 */
public record Proxies(Map<String, String> variables) {

    private static final List<String> NAMES = List.of("https_proxy", "http_proxy", "all_proxy", "no_proxy");

    public Proxies {
        Map<String, String> known = new java.util.LinkedHashMap<>();
        for (String name : NAMES) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (!variables.getOrDefault(name, "").isBlank()) {
                known.put(name, variables.getOrDefault(name, ""));
            } else if (!variables.getOrDefault(upper, "").isBlank()) {
                known.put(upper, variables.getOrDefault(upper, ""));
            }
        }
        variables = java.util.Collections.unmodifiableMap(known);
    }

    /** The proxies of this process's environment. */
    public static Proxies ofEnvironment() {
        return new Proxies(System.getenv());
    }

    private Optional<Map.Entry<String, String>> variable(String name) {
        return variables.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * The proxy for an address; empty if it is reached directly.
     *
     * @throws UserError if the variable does not name a proxy that can be used
     */
    public Optional<InetSocketAddress> proxy(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("");
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
        if (host.isEmpty() || Addresses.isLoopback(host) || exempt(host.toLowerCase(Locale.ROOT), port)) {
            return Optional.empty();
        }
        return variable(secure ? "https_proxy" : "http_proxy")
                .or(() -> variable("all_proxy"))
                .map(v -> parsed(v.getKey(), v.getValue()));
    }

    private boolean exempt(String host, int port) {
        String list = variable("no_proxy").map(Map.Entry::getValue).orElse("");
        for (String entry : list.split("[,\\s]+")) {
            String pattern = entry.strip().toLowerCase(Locale.ROOT);
            int colon = pattern.lastIndexOf(':');
            if (colon > 0
                    && pattern.indexOf(':') == colon
                    && pattern.substring(colon + 1).matches("\\d+")) {
                if (Integer.parseInt(pattern.substring(colon + 1)) != port) {
                    continue;
                }
                pattern = pattern.substring(0, colon);
            }
            pattern = pattern.startsWith("*.") ? pattern.substring(1) : pattern;
            String suffix = pattern.startsWith(".") ? pattern : "." + pattern;
            if (pattern.equals("*")
                    || (!pattern.isEmpty() && (host.equals(suffix.substring(1)) || host.endsWith(suffix)))) {
                return true;
            }
        }
        return false;
    }

    private static InetSocketAddress parsed(String name, String value) {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if (uri.getRawUserInfo() != null) {
                throw new UserError(name + " has a user name: proxies that ask for credentials are not supported");
            }
            if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
                throw new UserError(name + " is not the address of an HTTP proxy, such as http://proxy:8080");
            }
            return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        } catch (IllegalArgumentException e) {
            // The value may hold a password, so it is not shown.
            throw new UserError(name + " is not the address of an HTTP proxy, such as http://proxy:8080");
        }
    }

    /**
     * A variable as it is understood.
     *
     * @param shown without a password
     */
    public record Described(String shown, boolean usable) {}

    /** How these proxies are seen, a line per variable. */
    public List<Described> describe() {
        List<Described> lines = new ArrayList<>();
        variables.forEach((name, value) -> {
            if (name.equalsIgnoreCase("no_proxy")) {
                lines.add(new Described(name + ": " + value + " are reached directly", true));
            } else {
                try {
                    InetSocketAddress proxy = parsed(name, value);
                    lines.add(new Described(name + ": " + proxy.getHostString() + ":" + proxy.getPort(), true));
                } catch (UserError e) {
                    lines.add(new Described(String.valueOf(e.getMessage()), false));
                }
            }
        });
        return lines;
    }

    /** The same decisions, as Java's client asks for them. */
    ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxy(uri)
                        .map(p -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(p.getHostString(), p.getPort())))
                        .orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                // The caller is told by the exception.
            }
        };
    }
}
