package org.thurstone.feedback.verifier;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the content of the last complete {@code \boxed{…}} or {@code \fbox{…}}, braces balanced. */
final class Boxed {

    private static final Pattern OPEN = Pattern.compile("\\\\f?box(?:ed)?\\s*(\\{|[^\\s{}$.,]+)");

    private Boxed() {}

    static Optional<String> last(String text) {
        Optional<String> last = Optional.empty();
        Matcher open = OPEN.matcher(text);
        while (open.find()) {
            Optional<String> content =
                    open.group(1).equals("{") ? balanced(text, open.end()) : Optional.of(open.group(1));
            last = content.isPresent() ? content : last;
        }
        return last;
    }

    /** The text from here to the brace that closes what was opened just before; empty where none does. */
    private static Optional<String> balanced(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return Optional.of(text.substring(from, i));
            }
        }
        return Optional.empty();
    }
}
