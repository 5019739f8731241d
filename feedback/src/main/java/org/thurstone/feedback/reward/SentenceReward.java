package org.thurstone.feedback.reward;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * A reward model fitted to two files of sentences: logistic regression on MiniLM embeddings.
 *
 * @param positive file with one sentence per line, gzipped or not, that should score high
 * @param negative the same, for sentences that should score low
 * @param l2 strength of the regularisation, above 0; see {@link LogisticRegression#fit}
 * @param heldOut share of the sentences that is held out to measure accuracy, in [0, 1)
 * @param threads texts that are embedded in parallel, at least 1
 */
@Method(
        name = "sentence-reward",
        kind = "judge",
        summary = "logistic regression on MiniLM sentence embeddings, fitted to files of good and bad" + " sentences")
public record SentenceReward(
        Path positive,
        Path negative,
        @Default("1e-4") double l2,
        @Default("0.1") double heldOut,
        @Default("2") int threads)
        implements RespondentSource {

    public SentenceReward {
        if (!(l2 > 0)) {
            throw new IllegalArgumentException("l2 " + l2 + " must be above 0");
        }
        if (!(heldOut >= 0 && heldOut < 1)) {
            throw new IllegalArgumentException("heldOut " + heldOut + " must be at least 0 and below 1");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " must be at least 1");
        }
    }

    @Override
    public Set<Question.Form> mayAnswer() {
        return EnumSet.of(Question.Form.RATE);
    }

    @Override
    public EmbeddingReward open(Opening opening) {
        return fit(opening.cache(), opening.notices(), opening.randomness().apply("judge"));
    }

    /**
     * Fits the reward.
     *
     * @param cache where embeddings of the sentences are kept for the next time
     * @param warnings takes a line if they cannot be kept
     */
    public EmbeddingReward fit(Path cache, Consumer<String> warnings, RandomGenerator random) {
        List<String> good = Sentences.read(positive);
        List<String> bad = Sentences.read(negative);
        MiniLm encoder = new MiniLm(threads);
        CachedEmbedder cached = new CachedEmbedder(encoder, "all-minilm-l6-v2-q", cache, warnings);
        return EmbeddingReward.fit(cached, good, bad, l2, heldOut, random).with(encoder);
    }
}
