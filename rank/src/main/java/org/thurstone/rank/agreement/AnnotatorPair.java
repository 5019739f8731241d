package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.thurstone.statistics.Estimate;

/**
 * Two annotators and the items that both labelled.
 *
 * @param agreement the share of those items with the same label
 * @param kappa Cohen's
 * @param linear Cohen's kappa with linear weights; empty unless there are three labels in a known order
 * @param quadratic Cohen's kappa with quadratic weights, likewise
 * @param disagreement the two different labels that they most often gave to one item, the first's before the second's; empty if they never differ
 */
public record AnnotatorPair(
        String first,
        String second,
        Estimate agreement,
        Estimate kappa,
        Optional<Estimate> linear,
        Optional<Estimate> quadratic,
        List<String> disagreement,
        int disagreements) {

    /** All pairs of annotators with at least so many items in common. */
    public static List<AnnotatorPair> all(Labels labels, int shared) {
        int fewest = Math.max(1, shared);
        List<AnnotatorPair> pairs = new ArrayList<>();
        int[][] given = labels.ofAnnotators();
        for (int[] own : given) sort(own, labels);
        for (int a = 0; a < given.length; a++) {
            for (int b = a + 1; b < given.length; b++) {
                if (given[a].length < fewest || given[b].length < fewest) continue;
                AnnotatorPair pair = of(labels, given, a, b);
                if (pair.agreement().count() >= fewest) pairs.add(pair);
            }
        }
        return pairs;
    }

    private static void sort(int[] own, Labels labels) {
        int[] sorted = Arrays.stream(own)
                .boxed()
                .sorted(Comparator.comparingInt(n -> labels.item()[n]))
                .mapToInt(n -> n)
                .toArray();
        System.arraycopy(sorted, 0, own, 0, own.length);
    }

    /** @param given the labels of each annotator, by item */
    private static AnnotatorPair of(Labels labels, int[][] given, int a, int b) {
        int k = labels.categories().size();
        int[][] table = new int[k][k];
        int same = 0;
        int n = 0;
        for (int i = 0, j = 0; i < given[a].length && j < given[b].length; ) {
            int apart = labels.item()[given[a][i]] - labels.item()[given[b][j]];
            if (apart == 0) {
                int first = labels.category()[given[a][i]];
                int second = labels.category()[given[b][j]];
                table[first][second]++;
                n++;
                if (first == second) same++;
            }
            if (apart <= 0) i++;
            if (apart >= 0) j++;
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
                weighted(labels, table, AgreementWeights.LINEAR),
                weighted(labels, table, AgreementWeights.QUADRATIC),
                disagreement,
                most);
    }

    private static Optional<Estimate> weighted(Labels labels, int[][] table, AgreementWeights weights) {
        return labels.order().isKnown() && table.length > 2
                ? Optional.of(Agreement.cohen(table, weights.matrix(labels.order())))
                : Optional.empty();
    }
}
