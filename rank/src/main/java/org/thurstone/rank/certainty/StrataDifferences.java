package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.thurstone.rank.Board;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Matrices;
import org.thurstone.statistics.ChiSquare;

/**
 * Whether ratings differ between strata: boards of disjoint parts of the votes, such as one per language.
 *
 * <p>All items together, by Wald's test: the generalised least-squares fit of one rating per item to the ratings of all strata, each of which is only known
 * up to a constant, leaves a residual Σ_k r_kᵀ·C_k⁻·r_k that has a χ² distribution if the ratings are the same. An item that only some strata have takes
 * part with those. Per item, by its ratings relative to the mean of the items that all of its strata have, with p-values by Holm (1979) for all items at
 * once. Errors are those of the boards: if one annotator votes in several strata, these are not quite independent.
 *
 * @param strata the values whose boards were compared
 * @param chiSquare the statistic of all items together
 * @param freedom its degrees of freedom
 * @param pValue the probability of a statistic as large if no rating differs
 * @param items those that two strata or more rate, the smallest p-value first
 */
public record StrataDifferences(List<String> strata, double chiSquare, int freedom, double pValue, List<Item> items) {

    /**
     * An item's ratings in the strata.
     *
     * @param lowest the stratum in which its rating is lowest
     * @param highest the stratum in which it is highest
     * @param difference between the two, in the unit of the boards
     * @param chiSquare the statistic of this item
     * @param freedom the number of its strata less one
     * @param pValue of this item alone
     * @param adjusted Holm's p-value, which holds for all items at once
     */
    public record Item(
            String item,
            String lowest,
            String highest,
            double difference,
            double chiSquare,
            int freedom,
            double pValue,
            double adjusted) {

        private Item withAdjusted(double p) {
            return new Item(item, lowest, highest, difference, chiSquare, freedom, pValue, p);
        }
    }

    /** The ratings of a stratum that can be compared with each other, and their errors. */
    private record Stratum(String value, List<String> items, double[] ratings, double[][] covariance) {

        static Optional<Stratum> of(String value, RatingErrors errors) {
            Map<Integer, List<Integer>> groups = new TreeMap<>();
            for (int i = 0; i < errors.items().size(); i++) {
                groups.computeIfAbsent(errors.group()[i], g -> new ArrayList<>())
                        .add(i);
            }
            List<Integer> largest = groups.values().stream()
                    .max(Comparator.comparingInt(List::size))
                    .orElse(List.of());
            if (largest.size() < 2) {
                return Optional.empty();
            }
            int m = largest.size();
            double[] ratings = new double[m];
            double[][] covariance = new double[m][m];
            for (int i = 0; i < m; i++) {
                ratings[i] = errors.ratings()[largest.get(i)];
                for (int j = 0; j < m; j++) {
                    covariance[i][j] = errors.covariance()[largest.get(i)][largest.get(j)];
                }
            }
            return Optional.of(
                    new Stratum(value, largest.stream().map(errors.items()::get).toList(), ratings, covariance));
        }

        /** Minus the log-density of ratings up to a constant shift has this matrix: that of the differences from the last item, which a shift leaves alone. */
        double[][] precision() {
            int m = ratings.length;
            double[][] ofDifferences = new double[m - 1][m - 1];
            for (int i = 0; i < m - 1; i++) {
                for (int j = 0; j < m - 1; j++) {
                    ofDifferences[i][j] =
                            covariance[i][j] - covariance[i][m - 1] - covariance[m - 1][j] + covariance[m - 1][m - 1];
                }
            }
            double[][] inverse = Cholesky.of(ofDifferences).inverse();
            double[][] precision = new double[m][m];
            for (int i = 0; i < m - 1; i++) {
                for (int j = 0; j < m - 1; j++) {
                    precision[i][j] = inverse[i][j];
                    precision[i][m - 1] -= inverse[i][j];
                    precision[m - 1][j] -= inverse[i][j];
                    precision[m - 1][m - 1] += inverse[i][j];
                }
            }
            return precision;
        }

        boolean has(String item) {
            return items.contains(item);
        }

        /** The rating of an item less the mean of some, and its variance. */
        double[] relative(String item, Set<String> reference) {
            double[] contrast = new double[ratings.length];
            for (int i = 0; i < ratings.length; i++) {
                contrast[i] = (items.get(i).equals(item) ? 1 : 0)
                        - (reference.contains(items.get(i)) ? 1.0 / reference.size() : 0);
            }
            double variance = 0;
            for (int i = 0; i < ratings.length; i++) {
                variance += contrast[i] * Matrices.dot(covariance[i], contrast);
            }
            return new double[] {Matrices.dot(contrast, ratings), variance};
        }
    }

    public StrataDifferences {
        strata = List.copyOf(strata);
        items = List.copyOf(items);
    }

    /**
     * The test of some boards.
     *
     * @param boards by stratum, of the same method, in the same unit
     * @return empty if fewer than two boards have errors, or they do not share two items
     */
    public static Optional<StrataDifferences> of(SortedMap<String, Board> boards) {
        List<Stratum> strata = new ArrayList<>();
        List<double[][]> precisions = new ArrayList<>();
        boards.forEach((value, board) -> board.errors()
                .flatMap(errors -> Stratum.of(value, errors))
                .ifPresent(stratum -> {
                    try {
                        precisions.add(stratum.precision());
                        strata.add(stratum);
                    } catch (ArithmeticException e) {
                        // A difference without an error, as of resamples that are all equal, has nothing to be compared
                        // with.
                    }
                }));
        return strata.size() < 2 ? Optional.empty() : together(strata, precisions);
    }

    private static Optional<StrataDifferences> together(List<Stratum> strata, List<double[][]> precisions) {
        Map<String, Integer> index = new HashMap<>();
        strata.forEach(s -> s.items().forEach(item -> index.putIfAbsent(item, index.size())));
        int n = index.size();
        List<int[]> columns = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        List<Integer> to = new ArrayList<>();
        double[][] normal = new double[n][n];
        double[] right = new double[n];
        int freedom = 0;
        for (int k = 0; k < strata.size(); k++) {
            Stratum stratum = strata.get(k);
            int[] at = stratum.items().stream()
                    .mapToInt(item -> index.getOrDefault(item, -1))
                    .toArray();
            for (int i = 0; i < at.length; i++) {
                for (int j = 0; j < at.length; j++) {
                    normal[at[i]][at[j]] += precisions.get(k)[i][j];
                }
                right[at[i]] += Matrices.dot(precisions.get(k)[i], stratum.ratings());
                from.add(at[0]);
                to.add(at[i]);
            }
            columns.add(at);
            freedom += at.length - 1;
        }
        Groups joined = Groups.joined(
                n,
                from.stream().mapToInt(Integer::intValue).toArray(),
                to.stream().mapToInt(Integer::intValue).toArray());
        freedom -= n - joined.count();
        if (freedom < 1) {
            return Optional.empty();
        }
        double[] common = Cholesky.of(joined.hold(normal)).solve(right);
        double chiSquare = 0;
        for (int k = 0; k < strata.size(); k++) {
            int[] at = columns.get(k);
            double[] rest = strata.get(k).ratings().clone();
            for (int i = 0; i < at.length; i++) {
                rest[i] -= common[at[i]];
            }
            for (int i = 0; i < at.length; i++) {
                chiSquare += rest[i] * Matrices.dot(precisions.get(k)[i], rest);
            }
        }
        double found = Math.max(0, chiSquare);
        return Optional.of(new StrataDifferences(
                strata.stream().map(Stratum::value).toList(),
                found,
                freedom,
                ChiSquare.above(found, freedom),
                adjusted(index.keySet().stream()
                        .flatMap(item -> item(item, strata).stream())
                        .sorted(Comparator.comparingDouble(Item::pValue).thenComparing(Item::item))
                        .toList())));
    }

    private static Optional<Item> item(String item, List<Stratum> all) {
        List<Stratum> strata = all.stream().filter(s -> s.has(item)).toList();
        Set<String> reference = new HashSet<>();
        strata.stream().limit(1).forEach(s -> reference.addAll(s.items()));
        strata.forEach(s -> reference.retainAll(s.items()));
        if (strata.size() < 2 || reference.size() < 2) {
            return Optional.empty();
        }
        double weights = 0;
        double mean = 0;
        List<double[]> relative = new ArrayList<>();
        int lowest = 0;
        int highest = 0;
        for (int k = 0; k < strata.size(); k++) {
            double[] one = strata.get(k).relative(item, reference);
            if (!(one[1] > 0)) {
                return Optional.empty();
            }
            relative.add(one);
            weights += 1 / one[1];
            mean += one[0] / one[1];
            lowest = one[0] < relative.get(lowest)[0] ? k : lowest;
            highest = one[0] > relative.get(highest)[0] ? k : highest;
        }
        double chiSquare = 0;
        for (double[] one : relative) {
            double off = one[0] - mean / weights;
            chiSquare += off * off / one[1];
        }
        int freedom = strata.size() - 1;
        double p = ChiSquare.above(chiSquare, freedom);
        return Optional.of(new Item(
                item,
                strata.get(lowest).value(),
                strata.get(highest).value(),
                relative.get(highest)[0] - relative.get(lowest)[0],
                chiSquare,
                freedom,
                p,
                p));
    }

    /** Holm: the k-th smallest of m p-values times m − k + 1, and no smaller than those before it. */
    private static List<Item> adjusted(List<Item> ascending) {
        List<Item> adjusted = new ArrayList<>();
        double highest = 0;
        for (int k = 0; k < ascending.size(); k++) {
            Item item = ascending.get(k);
            highest = Math.max(highest, Math.min(1, item.pValue() * (ascending.size() - k)));
            adjusted.add(item.withAdjusted(highest));
        }
        return adjusted;
    }
}
