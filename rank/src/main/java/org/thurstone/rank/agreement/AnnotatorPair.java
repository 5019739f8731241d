package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.statistics.Estimate;

/**
 * Two annotators and the items that both labelled.
 *
 * @param agreement the share of those items with the same label
 * @param kappa Cohen's
 * @param disagreement the two different labels that they most often gave to one item, the first's before the second's; empty if they never differ
 */
public record AnnotatorPair(
        String first, String second, Estimate agreement, Estimate kappa, List<String> disagreement, int disagreements) {

    /** All pairs of annotators with at least so many items in common. */
    public static List<AnnotatorPair> all(Labels labels, int shared) {
        List<AnnotatorPair> pairs = new ArrayList<>();
        int[][] given = labels.byAnnotator();
        for (int a = 0; a < given.length; a++) {
            for (int b = a + 1; b < given.length; b++) {
                AnnotatorPair pair = of(labels, given, a, b);
                if (pair.agreement().count() >= Math.max(1, shared)) pairs.add(pair);
            }
        }
        return pairs;
    }

    private static AnnotatorPair of(Labels labels, int[][] given, int a, int b) {
        int k = labels.categories().size();
        int[][] table = new int[k][k];
        int same = 0;
        int n = 0;
        for (int i = 0; i < given[a].length; i++) {
            if (given[a][i] >= 0 && given[b][i] >= 0) {
                table[given[a][i]][given[b][i]]++;
                n++;
                if (given[a][i] == given[b][i]) same++;
            }
        }
        int most = 0;
        List<String> disagreement = List.of();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                if (i != j && table[i][j] > most) {
                    most = table[i][j];
                    disagreement = List.of(
                            labels.categories().get(i), labels.categories().get(j));
                }
            }
        }
        return new AnnotatorPair(
                labels.annotators().get(a),
                labels.annotators().get(b),
                Estimate.ofShare(same, n),
                Agreement.cohen(table),
                disagreement,
                most);
    }
}
