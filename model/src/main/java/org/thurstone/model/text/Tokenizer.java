package org.thurstone.model.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurstone.data.UserError;

/** Encodes text as the tokens that a model reads, and decodes tokens. */
public interface Tokenizer {

    /**
     * Reads the tokenizer of a Hugging Face directory: {@code tokenizer.json}, and for what its tokens mean {@code tokenizer_config.json},
     * {@code special_tokens_map.json} and the end tokens of {@code generation_config.json}, where these are there.
     *
     * @throws UserError if there is none, or a file cannot be read
     */
    static Tokenizer load(Path directory) {
        return DirectoryTokenizer.load(directory);
    }

    /**
     * Tokens of a text. Special tokens that the text spells out, such as {@code </s>}, become what they spell, except in parts that are {@linkplain
     * #literal literal}.
     *
     * @param opened whether the text is the beginning of a sequence, which many tokenizers open with a token of their own (BOS)
     */
    int[] encode(String text, boolean opened);

    /**
     * A text that {@link #encode} reads as what is said: the special tokens that it spells stay text, wherever it stands in the text that is encoded.
     * The result is for templates and {@code encode} only; a text that spells none comes back as it is.
     */
    default String literal(String text) {
        return text;
    }

    /** Text of tokens; special tokens such as BOS and EOS have none. */
    String decode(int[] tokens);

    /** A token as people see it: its text; a special token, which has none, by its spelling. */
    default String shown(int token) {
        return decode(new int[] {token});
    }

    /**
     * The bytes that a token adds to a text in UTF-8, in the middle of that text; those of one token need not be whole characters. A special token,
     * which adds nothing to what is said, by its spelling; none of an id that is not in use.
     */
    default byte[] bytes(int token) {
        if (special(token)) {
            return shown(token).getBytes(StandardCharsets.UTF_8);
        }
        // Behind itself: some decoders drop a space at the beginning of a text, or put one between words.
        return continuation(new int[] {token}, new int[] {token}).getBytes(StandardCharsets.UTF_8);
    }

    /** The size of the vocabulary: the largest token id plus 1. */
    int vocabulary();

    /** The token that begins a sequence. */
    OptionalInt bos();

    /** The token that ends a sequence. */
    OptionalInt eos();

    /** The token that fills the unused places of a batch; Thurstone's own batches need none. */
    OptionalInt pad();

    /** Every token after which generation stops: EOS, and the end of a turn where the model names one. */
    BitSet endings();

    /** The same tokenizer with one more token after which generation stops. */
    Tokenizer endingAt(int token);

    /** Whether a token is special: part of the format, not of what is said. */
    boolean special(int token);

    /** Whether a token is matched as a whole wherever a text spells it, as special ones are; it may still be part of what is said. */
    default boolean matched(int token) {
        return special(token);
    }

    /** The id of a token by its spelling in the vocabulary. */
    OptionalInt id(String token);

    /** The ids of all tokens by their spelling in the vocabulary. */
    Map<String, Integer> ids();

    /** The spelling of EOS, empty where there is none. */
    String eosText();

    /** The spelling of BOS, empty where there is none. */
    String bosText();

    /** Writes the tokenizer's own files, unchanged, into another directory. */
    void save(Path directory);

    /**
     * The text that a completion adds to its prompt. Many decoders drop a space at the start of a text; one between prompt and completion
     * is kept, because both are decoded together.
     */
    default String continuation(int[] prompt, int[] completion) {
        int[] both = new int[prompt.length + completion.length];
        System.arraycopy(prompt, 0, both, 0, prompt.length);
        System.arraycopy(completion, 0, both, prompt.length, completion.length);
        String head = decode(prompt);
        String whole = decode(both);
        return whole.startsWith(head) ? whole.substring(head.length()) : decode(completion);
    }

    /**
     * Where another tokenizer disagrees about what this one's ids mean; empty if each means the same there. Tokens that only the other one has
     * do not matter.
     */
    default Optional<String> difference(Tokenizer other) {
        return ids().entrySet().stream()
                .filter(token -> !token.getValue().equals(other.ids().get(token.getKey())))
                .min(Map.Entry.comparingByValue())
                .map(token -> "token \"" + token.getKey() + "\" has the id " + token.getValue() + " here and "
                        + Optional.ofNullable(other.ids().get(token.getKey()))
                                .map(Object::toString)
                                .orElse("none")
                        + " there");
    }

    /**
     * Refuses a model that this tokenizer does not belong to.
     *
     * @param modelVocabulary the rows of the model's embedding
     * @throws UserError if some token has no row
     */
    default void checkFits(int modelVocabulary) {
        if (vocabulary() > modelVocabulary) {
            throw new UserError("the tokenizer does not fit the model: its largest token id is " + (vocabulary() - 1)
                    + ", but the model's vocabulary ends at " + (modelVocabulary - 1)
                    + "; use the tokenizer.json that came with the weights");
        }
    }
}
