package org.thurstone.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.container.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the JSON object of a reply: the whole reply; else the contents of its one outermost fence; else the one balanced object in it. If there are two,
 * or none, or it is cut, there is none: nothing is repaired.
 */
public final class JsonReply {

    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*(`{3,}|~{3,})[^\\n`]*$");

    private JsonReply() {}

    public static Optional<ObjectNode> of(String reply) {
        return parsed(reply.strip()).or(() -> fenced(reply)).or(() -> balanced(reply));
    }

    private static Optional<ObjectNode> parsed(String text) {
        try {
            return Json.MAPPER.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A fence inside a string of the object stands on no line of its own, since a string has no line breaks. */
    private static Optional<ObjectNode> fenced(String reply) {
        List<int[]> marks = new ArrayList<>();
        Matcher m = FENCE.matcher(reply);
        while (m.find()) {
            marks.add(new int[] {m.start(), m.end()});
        }
        return marks.size() == 2
                ? parsed(
                        reply.substring(marks.getFirst()[1], marks.getLast()[0]).strip())
                : Optional.empty();
    }

    private static Optional<ObjectNode> balanced(String reply) {
        List<ObjectNode> found = new ArrayList<>();
        int from = reply.indexOf('{');
        while (from >= 0) {
            int end = end(reply, from);
            if (end < 0) {
                return Optional.empty(); // it is cut
            }
            Optional<ObjectNode> object = parsed(reply.substring(from, end));
            object.ifPresent(found::add);
            from = reply.indexOf('{', object.isPresent() ? end : from + 1);
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The place behind the brace that closes the one at the beginning; -1 if none does. */
    private static int end(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
