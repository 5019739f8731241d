package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.PackedMatrix;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.Torch;

/**
 * The numbers of rows at which every product of a model gives a row the same bits. What does not fill such a number is padded, what exceeds the
 * largest is split: an answer then depends on its prompt, its seed and the weights, not on the answers that are sampled with it.
 *
 * @param counts rising, at least one
 */
record RowCounts(List<Integer> counts) {

    /** Numbers of rows to try out. One row alone goes through other kernels everywhere. */
    private static final List<Integer> CANDIDATES = List.of(4, 8, 16, 24, 32, 48, 64, 96, 128, 256, 512);

    /** What a product's order of additions can depend on. */
    private record Shape(long rows, long columns, DType type, int threads, int anchor, int most) {}

    private static final Map<Shape, Set<Integer>> TRIED = new ConcurrentHashMap<>();

    RowCounts {
        counts = List.copyOf(counts);
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("there has to be a number of rows");
        }
    }

    /**
     * Tries out which candidates agree with a number of rows, in every matrix: kernels change with the shape and the processor.
     *
     * @param anchor one of the candidates
     * @param most rows at a time, at least the anchor
     */
    static RowCounts agreeing(Collection<PackedMatrix> matrices, int anchor, int most) {
        List<Integer> counts = new ArrayList<>(candidates(anchor, most));
        for (PackedMatrix matrix : matrices) {
            counts.retainAll(TRIED.computeIfAbsent(
                    new Shape(matrix.rows(), matrix.columns(), matrix.type(), Torch.threads(), anchor, most),
                    shape -> same(matrix, anchor, candidates(anchor, most))));
        }
        counts.add(anchor);
        return new RowCounts(counts.stream().sorted().toList());
    }

    private static List<Integer> candidates(int anchor, int most) {
        return CANDIDATES.stream().filter(c -> c != anchor && c <= most).toList();
    }

    private static Set<Integer> same(PackedMatrix matrix, int anchor, List<Integer> counts) {
        boolean[] same = matrix.sameBits(anchor, counts, new SplittableRandom(anchor));
        return IntStream.range(0, same.length)
                .filter(i -> same[i])
                .mapToObj(counts::get)
                .collect(Collectors.toSet());
    }

    int largest() {
        return counts.getLast();
    }

    /** The number of rows to compute next: the smallest that holds them all, or the largest. */
    int next(long rows) {
        for (int count : counts) {
            if (count >= rows) {
                return count;
            }
        }
        return largest();
    }

    /** The rows, followed by rows of zeros. */
    static Tensor padded(Tensor x, int rows) {
        long missing = rows - x.size(0);
        if (missing == 0) {
            return x;
        }
        return Tensor.cat(List.of(x, Tensor.zeros(x.type(), x.device(), missing, x.size(1))), 0);
    }
}
