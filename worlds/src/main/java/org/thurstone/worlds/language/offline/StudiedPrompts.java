package org.thurstone.worlds.language.offline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.reward.Embedder;
import org.thurstone.feedback.reward.LogisticRegression;
import org.thurstone.feedback.reward.MiniLm;
import org.thurstone.train.PromptFacts;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.signal.Signal;

/** What some losses want to know of prompts, from sentence embeddings: how alike they are, and how often their answers are desirable. */
final class StudiedPrompts {

    /** Prompts of each kind that the classifier is fitted to; more do not make it better. */
    private static final int FITTED = 1024;

    private StudiedPrompts() {}

    /**
     * Of all examples.
     *
     * @param prompts the texts by example id
     * @param training the examples that the classifier may see
     */
    static PromptFacts of(
            Set<Signal> signals, Map<String, String> prompts, List<TrainingExample> training, RandomGenerator random) {
        Map<Signal, Map<String, double[]>> facts = new EnumMap<>(Signal.class);
        if (signals.stream().noneMatch(Signal::aboutPrompts)) {
            return PromptFacts.NONE;
        }
        Map<String, float[]> vectors;
        try (MiniLm embedder = new MiniLm(Runtime.getRuntime().availableProcessors())) {
            vectors = vectors(prompts, embedder);
        }
        if (signals.contains(Signal.PROMPT_EMBEDDING)) {
            facts.put(Signal.PROMPT_EMBEDDING, each(vectors, StudiedPrompts::doubles));
        }
        if (signals.contains(Signal.DESIRABILITY)) {
            LogisticRegression model = classifier(vectors, training, random);
            facts.put(Signal.DESIRABILITY, each(vectors, v -> new double[] {model.probability(v)}));
        }
        return new PromptFacts(facts);
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

    private interface Fact {
        double[] of(float[] vector);
    }

    private static Map<String, double[]> each(Map<String, float[]> vectors, Fact fact) {
        Map<String, double[]> facts = new HashMap<>();
        vectors.forEach((id, vector) -> facts.put(id, fact.of(vector)));
        return facts;
    }

    private static double[] doubles(float[] vector) {
        double[] doubles = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            doubles[i] = vector[i];
        }
        return doubles;
    }

    /** As many of each kind, so that a prompt says ½ where it says nothing. */
    private static LogisticRegression classifier(
            Map<String, float[]> vectors, List<TrainingExample> training, RandomGenerator random) {
        List<float[]> desirable = new ArrayList<>();
        List<float[]> undesirable = new ArrayList<>();
        for (TrainingExample e : training) {
            float[] vector = vectors.getOrDefault(e.id(), new float[0]);
            boolean good = e instanceof TrainingSingle single && single.value() >= 0.5;
            (good ? desirable : undesirable).add(vector);
        }
        Collections.shuffle(desirable, random);
        Collections.shuffle(undesirable, random);
        int each = Math.min(FITTED, Math.min(desirable.size(), undesirable.size()));
        List<float[]> features = new ArrayList<>(desirable.subList(0, each));
        features.addAll(undesirable.subList(0, each));
        boolean[] labels = new boolean[2 * each];
        java.util.Arrays.fill(labels, 0, each, true);
        return LogisticRegression.fit(features.toArray(float[][]::new), labels, 1.0 / Math.max(1, 2 * each));
    }
}
