package org.thurstone.feedback.reward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.data.Completion;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Prompt;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Rater;
import org.thurstone.feedback.Shuffle;

/**
 * Scores a completion with the probability, in (0, 1), that it is of the positive kind. It reads the completion's text alone, whole, and
 * not the prompt.
 *
 * @param heldOut what it got right of the sentences that it was not fitted to
 * @param identity what it was fitted to and how
 */
public record EmbeddingReward(Embedder embedder, LogisticRegression model, HeldOut heldOut, Identity identity)
        implements Rater {

    /**
     * Fits to sentences of two kinds, but for a random share of them that measures it.
     *
     * @param embedder of the sentences; a {@link CachedEmbedder} spares the next run the work
     * @param l2 see {@link LogisticRegression#fit}
     * @param share of all sentences that is held out, in [0, 1)
     */
    public static EmbeddingReward fit(
            Embedder embedder,
            List<String> positive,
            List<String> negative,
            double l2,
            double share,
            RandomGenerator random) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the held-out share " + share + " must be at least 0 and below 1");
        }
        List<String> sentences =
                Stream.concat(positive.stream(), negative.stream()).toList();
        float[][] vectors = embedder.embed(sentences);
        List<Integer> order =
                Shuffle.of(IntStream.range(0, sentences.size()).boxed().toList(), random);
        int held = (int) Math.round(share * sentences.size());
        List<Integer> fitted = order.subList(held, order.size());
        float[][] features = fitted.stream().map(i -> vectors[i]).toArray(float[][]::new);
        boolean[] labels = new boolean[fitted.size()];
        for (int k = 0; k < labels.length; k++) {
            labels[k] = fitted.get(k) < positive.size();
        }
        LogisticRegression model = LogisticRegression.fit(features, labels, l2);
        int correct = (int) order.subList(0, held).stream()
                .filter(i -> model.logit(vectors[i]) > 0 == i < positive.size())
                .count();
        return new EmbeddingReward(
                embedder, model, new HeldOut(held, correct), Identity.hashed("sentence-reward", model.toString()));
    }

    /** The same judge with another way to the same vectors, such as one that keeps no cache. */
    public EmbeddingReward with(Embedder other) {
        return new EmbeddingReward(other, model, heldOut, identity);
    }

    /** The probability of each text, in their order. */
    public double[] probabilities(List<String> texts) {
        return Stream.of(embedder.embed(texts)).mapToDouble(model::probability).toArray();
    }

    @Override
    public double rate(Prompt prompt, Completion completion) {
        return probabilities(List.of(completion.text().plain()))[0];
    }

    /** Embeds each text once, all together. */
    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        List<String> texts = asked.stream()
                .flatMap(p -> p.shown().stream())
                .map(completion -> completion.text().plain())
                .distinct()
                .toList();
        CrashPoint.RESPONDENT.reached();
        double[] probabilities = probabilities(texts);
        Map<String, OptionalDouble> scores = new HashMap<>();
        for (int i = 0; i < probabilities.length; i++) {
            scores.put(texts.get(i), OptionalDouble.of(probabilities[i]));
        }
        for (Presentation p : asked) {
            elicitation.answer(
                    p,
                    new Judgement.Scored(p.shown().stream()
                            .map(completion -> Objects.requireNonNull(
                                    scores.get(completion.text().plain())))
                            .toList()));
        }
    }
}
