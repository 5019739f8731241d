package org.thurstone.endpoint.local;

import java.util.Arrays;
import java.util.List;
import org.thurstone.model.text.Tokenizer;

/**
 * The text of an answer while it is sampled, and how much of it can be passed on: not half a character, nor an end that may become a stop string, nor
 * anything from a mark on. The parts together are the text of the whole answer.
 */
final class AnswerParts {

    private static final char HALF = '\uFFFD';

    private final Tokenizer tokenizer;
    private final int[] prompt;
    private final List<String> held;
    private int[] tokens = new int[16];
    private int count;
    private int passed;

    /** @param mark text from which on everything is held back until the end; empty for none */
    AnswerParts(Tokenizer tokenizer, int[] prompt, List<String> stops, String mark) {
        this.tokenizer = tokenizer;
        this.prompt = prompt;
        this.held = java.util.stream.Stream.concat(stops.stream(), java.util.stream.Stream.of(mark))
                .filter(s -> !s.isEmpty())
                .toList();
    }

    /** Another token. @return the text that can be passed on now, perhaps empty */
    String add(int token) {
        if (tokenizer.endings().get(token)) {
            return "";
        }
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
        }
        tokens[count++] = token;
        String text = tokenizer.continuation(prompt, Arrays.copyOf(tokens, count));
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == HALF) {
            end--;
        }
        for (String string : held) {
            end = Math.min(end, before(text, string));
        }
        return pass(text, end);
    }

    /** Up to the first place where the string is, or may turn out to be. */
    private static int before(String text, String string) {
        int found = text.indexOf(string);
        if (found >= 0) {
            return found;
        }
        for (int start = Math.max(0, text.length() - string.length() + 1); start < text.length(); start++) {
            if (string.startsWith(text.substring(start))) {
                return start;
            }
        }
        return text.length();
    }

    /** The answer is finished. @return the rest of its text */
    String end(String whole) {
        return pass(whole, whole.length());
    }

    private String pass(String text, int end) {
        if (end <= passed) {
            return "";
        }
        String part = text.substring(passed, end);
        passed = end;
        return part;
    }
}
