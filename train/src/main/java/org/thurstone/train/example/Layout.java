package org.thurstone.train.example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;

/**
 * The positions of the scored tokens of each completion in the flat log-probabilities of a forward pass (by tree, segment, position). A completion is
 * a path from a root to a leaf, so one token of a shared trunk can be in several.
 *
 * @param rows for each completion, in order, the places of its tokens
 * @param scored how many scored tokens there are together
 */
public record Layout(List<int[]> rows, int scored) {

    public static Layout of(List<? extends TrainingExample> examples) {
        List<int[]> rows = new ArrayList<>();
        int scored = 0;
        for (TrainingExample example : examples) {
            for (TokenTree tree : example.trees()) {
                scored = add(tree, scored, rows);
            }
        }
        return new Layout(rows, scored);
    }

    private static int add(TokenTree tree, int from, List<int[]> rows) {
        List<TokenTree.Segment> segments = tree.segments();
        int[][] paths = new int[segments.size()][];
        int next = from;
        for (int i = 0; i < paths.length; i++) {
            TokenTree.Segment s = segments.get(i);
            int[] before = s.parent() < 0 ? new int[0] : paths[s.parent()];
            int own = s.scored().cardinality();
            int[] path = Arrays.copyOf(before, before.length + own);
            for (int k = 0; k < own; k++) {
                path[before.length + k] = next++;
            }
            paths[i] = path;
        }
        for (int leaf : tree.leaves()) {
            rows.add(paths[leaf]);
        }
        return next;
    }

    /**
     * Some rows as a padded matrix of places; padding points one past the last token.
     *
     * @param wanted which rows; −1 for one that is all padding
     * @return (wanted, longest), at least one wide
     */
    public Tensor places(int[] wanted) {
        int width = width(wanted);
        long[] flat = new long[wanted.length * width];
        Arrays.fill(flat, scored);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] >= 0) {
                int[] row = rows.get(wanted[i]);
                for (int t = 0; t < row.length; t++) {
                    flat[i * width + t] = row[t];
                }
            }
        }
        return Tensor.of(flat, wanted.length, width);
    }

    private int width(int[] wanted) {
        int width = 1;
        for (int i : wanted) {
            width = Math.max(width, i < 0 ? 0 : rows.get(i).length);
        }
        return width;
    }

    /**
     * The values of tokens, brought to the rows.
     *
     * @param flat (scored) or (scored, size): one for each token, in double
     * @param places from {@link #places}
     * @return the shape of {@code places}, and size; 0 at padding; gradients flow back to {@code flat}
     */
    public static Tensor gather(Tensor flat, Tensor places) {
        boolean vectors = flat.dim() > 1;
        Tensor padding = vectors
                ? Tensor.zeros(DType.FLOAT64, Device.CPU, 1, flat.size(1))
                : Tensor.zeros(DType.FLOAT64, Device.CPU, 1);
        Tensor found = Tensor.cat(List.of(flat, padding), 0).indexSelect(0, places.reshape(-1));
        return vectors ? found.reshape(places.size(0), places.size(1), flat.size(1)) : found.reshape(places.shape());
    }
}
