package org.thurstone.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes a key from texts that are shown or stored, such as an error in which a server repeats it. Each character may be escaped as in an address or as
 * in JSON.
 */
final class Secrets {

    private static final String HIDDEN = "[key]";

    private Secrets() {}

    static String hide(String text, String secret) {
        if (secret.isEmpty()) {
            return text;
        }
        StringBuilder pattern = new StringBuilder();
        secret.codePoints().forEach(c -> {
            String character = Character.toString(c);
            String address = HexFormat.of()
                    .formatHex(character.getBytes(StandardCharsets.UTF_8))
                    .replaceAll("(..)", "%$1");
            StringBuilder json = new StringBuilder();
            character.chars().forEach(unit -> json.append("\\\\u%04x".formatted(unit)));
            pattern.append("(?:\\\\*").append(Pattern.quote(character));
            pattern.append("|(?i:")
                    .append(address)
                    .append(")|(?i:")
                    .append(json)
                    .append("))");
        });
        return Pattern.compile(pattern.toString()).matcher(text).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }
}
