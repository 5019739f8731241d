package org.thurstone.model.sample;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.thurstone.model.sample.Generation.Finish;

/** A completion that is being sampled. */
final class ActiveCompletion {

    /** Tokens that a text of so many characters can take: four, where each byte of a character is one. */
    private static final int TOKENS_PER_CHARACTER = 4;

    /** What an answer is that there is no room for. */
    static final Generation NOTHING = new Generation(new int[0], new float[0], Finish.LENGTH, "");

    final int prompt;
    final int answer;
    final int[] promptTokens;
    final RandomGenerator random;

    private final int[] tokens;
    private final float[] logProbs;
    private int length;

    /**
     * @param random its own stream
     * @param room the most tokens
     */
    ActiveCompletion(int prompt, int answer, int[] promptTokens, RandomGenerator random, int room) {
        this.prompt = prompt;
        this.answer = answer;
        this.promptTokens = promptTokens;
        this.random = random;
        this.tokens = new int[room];
        this.logProbs = new float[room];
    }

    int room() {
        return tokens.length;
    }

    int last() {
        return tokens[length - 1];
    }

    /** Appends a token; a generation if the answer ends with it. */
    Optional<Generation> append(int token, float logProb, Sampling sampling, BitSet endings, Detokenizer words) {
        tokens[length] = token;
        logProbs[length] = logProb;
        length++;
        if (endings.get(token)) {
            return Optional.of(end(Finish.EOS, text(length - 1, words)));
        }
        if (sampling.stopTokens().contains(token)) {
            return Optional.of(end(Finish.STOP, text(length - 1, words)));
        }
        if (stopNear(sampling.stopStrings(), words)) {
            String text = text(length, words);
            int cut = sampling.stopStrings().stream()
                    .mapToInt(text::indexOf)
                    .filter(at -> at >= 0)
                    .min()
                    .orElse(-1);
            if (cut >= 0) {
                return Optional.of(end(Finish.STOP, text.substring(0, cut)));
            }
        }
        return length == tokens.length ? Optional.of(end(Finish.LENGTH, text(length, words))) : Optional.empty();
    }

    /** Whether a stop string is among the last tokens: a cheap look at every token, before the whole text is decoded. */
    private boolean stopNear(List<String> stops, Detokenizer words) {
        int window = 0;
        for (String stop : stops) {
            window = Math.max(window, TOKENS_PER_CHARACTER * stop.length() + TOKENS_PER_CHARACTER);
        }
        if (window == 0) {
            return false;
        }
        String tail = words.of(
                length <= window ? promptTokens : Arrays.copyOfRange(tokens, length - window - 1, length - window),
                Arrays.copyOfRange(tokens, Math.max(0, length - window), length));
        return stops.stream().anyMatch(tail::contains);
    }

    private String text(int tokenCount, Detokenizer words) {
        return tokenCount == 0 ? "" : words.of(promptTokens, Arrays.copyOf(tokens, tokenCount));
    }

    private Generation end(Finish finish, String text) {
        return new Generation(Arrays.copyOf(tokens, length), Arrays.copyOf(logProbs, length), finish, text);
    }
}
