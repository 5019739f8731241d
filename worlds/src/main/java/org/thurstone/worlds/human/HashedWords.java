package org.thurstone.worlds.human;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.thurstone.feedback.reward.Embedder;

/**
 * Hashed bag-of-words vectors of length 1: a fast stand-in for embeddings in smoke versions.
 *
 * @param buckets at least 1
 */
public record HashedWords(int buckets) implements Embedder {

    @Override
    public float[][] embed(List<String> texts) {
        return texts.stream().map(this::counted).toArray(float[][]::new);
    }

    private float[] counted(String text) {
        double[] counts = new double[buckets];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            counts[Math.floorMod((word.hashCode() * 0x9e3779b9) >>> 7, buckets)]++;
        }
        double norm = Math.sqrt(Arrays.stream(counts).map(c -> c * c).sum());
        float[] vector = new float[buckets];
        for (int i = 0; i < buckets; i++) {
            vector[i] = (float) (counts[i] / Math.max(norm, 1e-9));
        }
        return vector;
    }
}
