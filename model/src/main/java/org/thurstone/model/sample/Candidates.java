package org.thurstone.model.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.thurstone.model.sample.SampledToken.Candidate;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Tensor;

/** The most likely tokens of rows of logits. */
public final class Candidates {

    private static final Comparator<Candidate> ORDER =
            Comparator.comparingDouble((Candidate c) -> -(double) c.logProb()).thenComparingInt(Candidate::id);

    private Candidates() {}

    /**
     * The most likely tokens of each row.
     *
     * @param logits (rows, vocabulary); log-probabilities will do
     * @param most how many, at least 1
     */
    public static List<List<Candidate>> of(Tensor logits, int most) {
        int k = (int) Math.min(most, logits.size(-1));
        Tensor.Sorted top = logits.to(DType.FLOAT32).logSoftmax(-1).topK(k, -1);
        float[] values = top.values().toFloats();
        long[] ids = top.indices().toLongs();
        List<List<Candidate>> rows = new ArrayList<>();
        for (int from = 0; from < values.length; from += k) {
            List<Candidate> row = new ArrayList<>();
            for (int i = from; i < from + k; i++) {
                row.add(new Candidate(Math.toIntExact(ids[i]), values[i]));
            }
            row.sort(ORDER);
            rows.add(row);
        }
        return rows;
    }

    /**
     * The first of them, such that a token that is known already is there with exactly its own number: two ways of computing a log-probability may
     * differ in the last bit, and readers compare by equality.
     */
    public static List<Candidate> with(List<Candidate> candidates, int most, int id, float logProb) {
        return candidates.stream()
                .limit(most)
                .map(c -> c.id() == id ? new Candidate(id, logProb) : c)
                .sorted(ORDER)
                .toList();
    }
}
