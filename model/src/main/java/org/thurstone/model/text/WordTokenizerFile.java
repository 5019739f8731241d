package org.thurstone.model.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tokenizer of whole words for models that are trained from scratch: every match of a pattern is a token, and tokens are put together
 * without spaces. With the pattern {@code \d+|\S} the text {@code 12+7=19} is the tokens 12, +, 7, = and 19. It is written as Hugging Face
 * files, which Python's {@code PreTrainedTokenizerFast} reads as well.
 *
 * @param words the words by id, following the special tokens {@value #PAD} 0, {@value #EOS} 1 and {@value #UNKNOWN} 2; a word that is not
 *     among them becomes {@value #UNKNOWN}
 * @param pattern what a word is; text that it does not match, such as spaces with {@code \d+|\S}, is a word too, so leave none between
 */
public record WordTokenizerFile(List<String> words, String pattern) {

    public static final String PAD = "<pad>";
    public static final String EOS = "<eos>";
    public static final String UNKNOWN = "<unk>";

    private static final List<String> SPECIAL = List.of(PAD, EOS, UNKNOWN);

    public WordTokenizerFile {
        words = List.copyOf(words);
        Set<String> seen = new HashSet<>(SPECIAL);
        for (String word : words) {
            if (word.isEmpty() || !seen.add(word)) {
                throw new IllegalArgumentException("the word \"" + word + "\" is empty or in the vocabulary twice");
            }
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            for (String word : words) {
                if (!compiled.matcher(word).matches()) {
                    throw new IllegalArgumentException("the word \"" + word + "\" could never be read: the pattern "
                            + pattern + " does not match it");
                }
            }
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + pattern + "\" is not a pattern: " + e.getDescription(), e);
        }
    }

    /** Special tokens included. */
    public int vocabulary() {
        return SPECIAL.size() + words.size();
    }

    /**
     * Writes {@code tokenizer.json} and {@code tokenizer_config.json}.
     *
     * @param context the longest sequence that the model reads, in tokens
     */
    public void write(Path directory, int context) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        SPECIAL.forEach(word -> vocabulary.put(word, vocabulary.size()));
        words.forEach(word -> vocabulary.put(word, vocabulary.size()));
        Map<String, Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("version", "1.0");
        tokenizer.put(
                "added_tokens", SPECIAL.stream().map(WordTokenizerFile::added).toList());
        tokenizer.put(
                "pre_tokenizer",
                ordered("type", "Split", "pattern", Map.of("Regex", pattern), "behavior", "Isolated", "invert", false));
        tokenizer.put("decoder", Map.of("type", "Fuse"));
        tokenizer.put("model", ordered("type", "WordLevel", "vocab", vocabulary, "unk_token", UNKNOWN));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("pad_token", PAD);
        config.put("eos_token", EOS);
        config.put("unk_token", UNKNOWN);
        config.put("model_max_length", context);
        config.put("clean_up_tokenization_spaces", false);
        try {
            Disk.createDirectories(directory);
            write(directory.resolve("tokenizer.json"), tokenizer);
            write(directory.resolve("tokenizer_config.json"), config);
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }

    /** Keys and values in turn, in this order: the same tokenizer is the same file. */
    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> added(String token) {
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("id", SPECIAL.indexOf(token));
        added.put("content", token);
        for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
            added.put(flag, false);
        }
        added.put("special", true);
        return added;
    }

    private static void write(Path file, Map<String, Object> content) {
        AtomicFile.write(
                file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(content));
    }
}
