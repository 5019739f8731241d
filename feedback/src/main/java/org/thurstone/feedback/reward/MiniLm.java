package org.thurstone.feedback.reward;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The quantised all-MiniLM-L6-v2, whose weights are inside its jar: 384 dimensions, length 1, nothing is fetched. A text of more than 510
 * tokens is embedded in parts that are averaged by their lengths; one of which its tokenizer leaves nothing (blanks, control characters, marks
 * without a letter) gets the zero vector.
 */
public final class MiniLm implements Embedder, AutoCloseable {

    public static final int DIMENSIONS = 384;

    /** Bounds the memory: a batch's tensors are all alive at once. */
    private static final int BATCH = 256;

    private final ExecutorService threads;
    private final AllMiniLmL6V2QuantizedEmbeddingModel model;

    /** @param threads texts that are embedded in parallel, at least 1 */
    public MiniLm(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " must be at least 1");
        }
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("embed-", 0).factory());
        this.model = new AllMiniLmL6V2QuantizedEmbeddingModel(this.threads);
    }

    @Override
    public float[][] embed(List<String> texts) {
        float[][] vectors = new float[texts.size()][DIMENSIONS];
        List<Integer> spoken = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isBlank()) {
                spoken.add(i);
            }
        }
        for (int from = 0; from < spoken.size(); from += BATCH) {
            List<Integer> places = spoken.subList(from, Math.min(from + BATCH, spoken.size()));
            List<float[]> embedded = embedded(places.stream().map(texts::get).toList());
            for (int i = 0; i < places.size(); i++) {
                vectors[places.get(i)] = embedded.get(i);
            }
        }
        return vectors;
    }

    /** The library takes nothing empty, and says which texts are so in no other way than by refusing the batch that has one. */
    private List<float[]> embedded(List<String> texts) {
        try {
            return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
                    .map(Embedding::vector)
                    .toList();
        } catch (RuntimeException e) {
            if (texts.size() > 1) {
                return texts.stream()
                        .flatMap(text -> embedded(List.of(text)).stream())
                        .toList();
            }
            if (e instanceof IllegalArgumentException) {
                return List.of(new float[DIMENSIONS]);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
