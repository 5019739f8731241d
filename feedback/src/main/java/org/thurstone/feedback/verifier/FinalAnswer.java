package org.thurstone.feedback.verifier;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the final answer of a worked solution: the last {@code \boxed{…}}; else what follows the last {@code ####} (GSM8K) on its line;
 * else what follows the last "answer is", "answer:" or a line's "A:".
 */
final class FinalAnswer {

    private static final Pattern HASHES = Pattern.compile("####[ \\t]*(.*)");
    private static final Pattern PHRASE = Pattern.compile("(?:(?i:\\banswer\\s*(?:is|=|:)\\s*:?)|(?m:^A:))[ \\t]*(.*)");
    private static final Pattern NUMBER = Pattern.compile("-?\\$?(?:\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)(?:/\\d+)?%?");

    private FinalAnswer() {}

    static Optional<String> marked(String text) {
        return Boxed.last(text)
                .or(() -> last(HASHES, text))
                .or(() -> last(PHRASE, text))
                .map(String::strip)
                .filter(answer -> !answer.isEmpty());
    }

    /** The last number anywhere, for a text that marks no answer. */
    static Optional<String> lastNumber(String text) {
        Matcher matcher = NUMBER.matcher(text);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(matcher.group());
        }
        return last;
    }

    static Optional<String> firstNumber(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static Optional<String> last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(matcher.group(1));
        }
        return last;
    }
}
