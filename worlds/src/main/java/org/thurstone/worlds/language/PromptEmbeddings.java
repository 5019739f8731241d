package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.reward.Embedder;
import org.thurstone.feedback.reward.LogisticRegression;
import org.thurstone.feedback.reward.MiniLm;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.signal.EmbeddedPrompts;

/** The prompts of a data set as sentence embeddings by MiniLM. */
record PromptEmbeddings(Map<String, float[]> vectors, List<TrainingExample> training, RandomGenerator random)
        implements EmbeddedPrompts {

    /**
     * Embeds each text once.
     *
     * @param prompts the texts by example id
     * @param training the examples that a classifier may be fitted to
     */
    static PromptEmbeddings of(Map<String, String> prompts, List<TrainingExample> training, RandomGenerator random) {
        try (MiniLm embedder = new MiniLm(Runtime.getRuntime().availableProcessors())) {
            return new PromptEmbeddings(vectors(prompts, embedder), training, random);
        }
    }

    private static Map<String, float[]> vectors(Map<String, String> prompts, Embedder embedder) {
        List<String> texts = prompts.values().stream().distinct().toList();
        float[][] embedded = embedder.embed(texts);
        Map<String, float[]> byText = new HashMap<>();
        for (int i = 0; i < embedded.length; i++) {
            byText.put(texts.get(i), embedded[i]);
        }
        Map<String, float[]> byId = new LinkedHashMap<>();
        prompts.forEach((id, text) -> byId.put(id, byText.getOrDefault(text, new float[0])));
        return byId;
    }

    @Override
    public ToDoubleFunction<float[]> classifier(List<float[]> first, List<float[]> second) {
        List<float[]> features = new ArrayList<>(first);
        features.addAll(second);
        boolean[] labels = new boolean[features.size()];
        Arrays.fill(labels, 0, first.size(), true);
        double l2 = 1.0 / Math.max(1, features.size());
        return LogisticRegression.fit(features.toArray(float[][]::new), labels, l2)::probability;
    }
}
