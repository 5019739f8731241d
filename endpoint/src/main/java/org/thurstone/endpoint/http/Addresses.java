package org.thurstone.endpoint.http;

import java.net.URI;

/** Addresses as messages may show them. */
public final class Addresses {

    private Addresses() {}

    /** The address without a user, a password, a query and a fragment, any of which may hold a secret. */
    public static String shown(URI address) {
        String authority = address.getRawAuthority();
        String host = authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
        String path = address.getRawPath();
        return address.getScheme() + "://" + host + (path == null ? "" : path);
    }

    /** Whether the address is on this machine. */
    static boolean isLoopback(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.equalsIgnoreCase("localhost")
                || bare.toLowerCase(java.util.Locale.ROOT).endsWith(".localhost")
                || bare.equals("::1")
                || bare.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
