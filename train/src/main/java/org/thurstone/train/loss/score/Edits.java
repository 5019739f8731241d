package org.thurstone.train.loss.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.thurstone.model.TokenTree;
import org.thurstone.train.example.Layout;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;

/** The differing tokens of the two completions of a pair: those outside a longest common subsequence. */
final class Edits {

    private Edits() {}

    /** For each scored token of a pair 1 where the other completion lacks it, else 0; of anything else, and of samples, 0. */
    static double[] changed(TrainingExample example) {
        double[] flat = new double[example.scoredCount()];
        if (example instanceof TrainingPair pair) {
            List<int[]> rows = Layout.of(List.of(pair)).rows();
            int[] tokens = scored(pair);
            int[] first = Arrays.stream(rows.get(0)).map(at -> tokens[at]).toArray();
            int[] second = Arrays.stream(rows.get(1)).map(at -> tokens[at]).toArray();
            mark(flat, rows.get(0), common(first, second, true));
            mark(flat, rows.get(1), common(first, second, false));
        }
        return flat;
    }

    private static void mark(double[] flat, int[] row, BitSet common) {
        for (int i = 0; i < row.length; i++) {
            flat[row[i]] = common.get(i) ? 0 : 1;
        }
    }

    private static int[] scored(TrainingPair pair) {
        List<Integer> tokens = new ArrayList<>();
        for (TokenTree tree : pair.trees()) {
            for (TokenTree.Segment s : tree.segments()) {
                s.scored().stream().forEach(t -> tokens.add(s.tokens()[t]));
            }
        }
        return tokens.stream().mapToInt(t -> t).toArray();
    }

    /** Which places of one of two sequences are in their longest common subsequence; of several, one and the same for both. */
    static BitSet common(int[] first, int[] second, boolean ofFirst) {
        int shorter = Math.min(first.length, second.length);
        int start = 0;
        while (start < shorter && first[start] == second[start]) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && first[first.length - 1 - end] == second[second.length - 1 - end]) {
            end++;
        }
        int own = ofFirst ? first.length : second.length;
        BitSet common = new BitSet(own);
        common.set(0, start);
        common.set(own - end, own);
        int n = first.length - start - end;
        int m = second.length - start - end;
        boolean[] down = new boolean[n * m]; // whether the longest of two tails leaves out the first's token
        int[] after = new int[m + 1];
        for (int i = n - 1; i >= 0; i--) {
            int[] here = new int[m + 1];
            for (int j = m - 1; j >= 0; j--) {
                down[i * m + j] = after[j] >= here[j + 1];
                here[j] = first[start + i] == second[start + j] ? after[j + 1] + 1 : Math.max(after[j], here[j + 1]);
            }
            after = here;
        }
        int i = 0;
        int j = 0;
        while (i < n && j < m) {
            if (first[start + i] == second[start + j]) {
                common.set(start + (ofFirst ? i : j));
                i++;
                j++;
            } else if (down[i * m + j]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }
}
