package org.thurstone.feedback.reward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.Shuffle;
import org.thurstone.feedback.judge.Judge;

/**
 * Scores a completion with the probability, in (0, 1), that it is of the positive kind. It reads the completion's text alone, whole, and
 * not the prompt.
 *
 * @param heldOut what it got right of the sentences that it was not fitted to
 */
public record EmbeddingReward(Embedder embedder, LogisticRegression model, HeldOut heldOut) implements Judge {

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
        return new EmbeddingReward(embedder, model, new HeldOut(held, correct));
    }

    /** The same judge with another way to the same vectors, such as one that keeps no cache. */
    public EmbeddingReward with(Embedder other) {
        return new EmbeddingReward(other, model, heldOut);
    }

    @Override
    public List<Double> score(Prompt prompt, List<Completion> completions) {
        float[][] vectors = embedder.embed(
                completions.stream().map(each -> each.text().plain()).toList());
        return Stream.of(vectors).map(model::probability).toList();
    }

    @Override
    public List<ScoredCompletions> scoreAll(List<Completions> answers) {
        List<String> distinct = answers.stream()
                .flatMap(each -> each.completions().stream())
                .map(each -> each.text().plain())
                .distinct()
                .toList();
        float[][] vectors = embedder.embed(distinct);
        Map<String, Double> scores = new HashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            scores.put(distinct.get(i), model.probability(vectors[i]));
        }
        List<ScoredCompletions> scored = new ArrayList<>();
        for (Completions each : answers) {
            List<Double> own = each.completions().stream()
                    .map(completion -> scores.getOrDefault(completion.text().plain(), Double.NaN))
                    .toList();
            scored.add(new ScoredCompletions(each.prompt(), each.completions(), own));
        }
        return scored;
    }
}
