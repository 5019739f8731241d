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

    /** Tokens that there is room for at first: few answers come near what they may have, which is up to the model's context. */
    private static final int FIRST = 64;

    final PromptRequest request;
    final int answer;
    final RandomGenerator random;

    private final int room;
    private int[] tokens;
    private float[] logProbs;
    private int length;

    /**
     * @param answer its index among the answers of the request
     * @param random its own stream
     * @param room the most tokens
     */
    ActiveCompletion(PromptRequest request, int answer, RandomGenerator random, int room) {
        this.request = request;
        this.answer = answer;
        this.random = random;
        this.room = room;
        this.tokens = new int[Math.min(room, FIRST)];
        this.logProbs = new float[tokens.length];
    }

    int last() {
        return tokens[length - 1];
    }

    /** Tokens of the prompt and of the answer so far. */
    int reach() {
        return request.prompt.length + length;
    }

    /** Appends a token; a generation if the answer ends with it. */
    Optional<Generation> append(int token, float logProb, BitSet endings, Detokenizer words) {
        if (length == tokens.length) {
            int more = (int) Math.min(room, 2L * length);
            tokens = Arrays.copyOf(tokens, more);
            logProbs = Arrays.copyOf(logProbs, more);
        }
        tokens[length] = token;
        logProbs[length] = logProb;
        length++;
        Sampling sampling = request.sampling;
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
        return length == room ? Optional.of(end(Finish.LENGTH, text(length, words))) : Optional.empty();
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
                length <= window ? request.prompt : Arrays.copyOfRange(tokens, length - window - 1, length - window),
                Arrays.copyOfRange(tokens, Math.max(0, length - window), length));
        return stops.stream().anyMatch(tail::contains);
    }

    private String text(int tokenCount, Detokenizer words) {
        return tokenCount == 0 ? "" : words.of(request.prompt, Arrays.copyOf(tokens, tokenCount));
    }

    private Generation end(Finish finish, String text) {
        return new Generation(Arrays.copyOf(tokens, length), Arrays.copyOf(logProbs, length), finish, text);
    }
}
