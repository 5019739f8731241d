package org.thurstone.worlds.language.task.instructions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.thurstone.data.UserError;

/**
 * What an answer is to be about.
 *
 * @param words as prompts say it: {@code the history of bread}
 * @param key what an answer has to mention, in lower case, possibly the beginning of a word: {@code bread}
 */
record Topic(String words, String key) {

    /** Whether a text mentions it, in any case. */
    boolean in(String text) {
        return text.toLowerCase(Locale.ROOT).contains(key);
    }

    /**
     * Reads topics, one per line, with the key after a bar; without one, the key is the longest word. Empty lines, and lines that begin with #, are
     * passed over.
     *
     * @param name of the file, for messages
     * @throws UserError if there are fewer than two, or two of them are equal
     */
    static List<Topic> read(String name, List<String> lines) {
        List<Topic> topics = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int bar = line.indexOf('|');
            String words = (bar < 0 ? line : line.substring(0, bar)).strip();
            String key =
                    bar < 0 ? longest(words) : line.substring(bar + 1).strip().toLowerCase(Locale.ROOT);
            if (words.isEmpty() || key.isEmpty()) {
                throw new UserError(name + ":" + (i + 1) + ": the topic or its key is missing: " + line);
            }
            if (topics.stream().anyMatch(topic -> topic.words().equals(words))) {
                throw new UserError(name + ":" + (i + 1) + ": the topic '" + words + "' is there twice");
            }
            topics.add(new Topic(words, key));
        }
        if (topics.size() < 2) {
            throw new UserError(
                    name + " has " + topics.size() + " topics; at least 2 are needed, one of them to hold out");
        }
        return topics;
    }

    private static String longest(String words) {
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }
}
