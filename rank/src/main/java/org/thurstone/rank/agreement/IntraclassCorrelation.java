package org.thurstone.rank.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.thurstone.statistics.Estimate;
import org.thurstone.statistics.FisherF;

/**
 * Intraclass correlations of numeric labels (Shrout and Fleiss 1979; McGraw and Wong 1996), with 95 % intervals from the F distribution, which take the
 * labels to be normal. An estimate without a value has no two items, no two annotators, or no variance;
 * one without an interval has no variance within items. The one-way forms use all items with two labels or
 * more; if their numbers of labels differ, n₀ = (N − Σn²/N)/(items − 1) stands for the number and the interval is approximate. The two-way forms use the
 * items that all annotators labelled.
 *
 * @param oneWay ICC(1,1): each item has other annotators
 * @param agreement ICC(2,1), or ICC(A,1): the same annotators for all items, who stand for others; a constant difference between two of them counts as
 *     disagreement
 * @param consistency ICC(3,1), or ICC(C,1): these very annotators; constant differences do not count
 * @param averageOneWay ICC(1,k): the same for the mean of all labels of an item
 * @param averageAgreement ICC(2,k), or ICC(A,k)
 * @param averageConsistency ICC(3,k), or ICC(C,k); Cronbach's alpha
 */
public record IntraclassCorrelation(
        Estimate oneWay,
        Estimate agreement,
        Estimate consistency,
        Estimate averageOneWay,
        Estimate averageAgreement,
        Estimate averageConsistency) {

    private static final double UPPER = 0.975;

    /** The correlations; empty if a label is not a number, or the order of the labels is not that of the numbers. */
    public static Optional<IntraclassCorrelation> of(Labels labels) {
        if (!labels.order().isNumeric()) return Optional.empty();
        double[] values = labels.order().values();
        int annotators = labels.annotators().size();
        double[][] items = new double[labels.items().size()][];
        int[][] ofItems = labels.ofItems();
        for (int i = 0; i < items.length; i++) {
            items[i] = Arrays.stream(ofItems[i])
                    .boxed()
                    .sorted(Comparator.comparingInt(n -> labels.annotator()[n]))
                    .mapToDouble(n -> values[labels.category()[n]])
                    .toArray();
        }
        double[][] several = Arrays.stream(items).filter(row -> row.length > 1).toArray(double[][]::new);
        double[][] complete = Arrays.stream(items)
                .filter(row -> row.length == annotators && row.length > 1)
                .toArray(double[][]::new);
        Estimate[] one = oneWay(several);
        Estimate[] two = twoWay(complete);
        return Optional.of(new IntraclassCorrelation(one[0], two[0], two[1], one[1], two[2], two[3]));
    }

    private static Estimate[] oneWay(double[][] rows) {
        int n = rows.length;
        if (n < 2) return none(2, n);
        double all = 0;
        double sum = 0;
        double squares = 0;
        for (double[] row : rows) {
            all += row.length;
            squares += (double) row.length * row.length;
            sum += Arrays.stream(row).sum();
        }
        double grand = sum / all;
        double between = 0;
        double within = 0;
        for (double[] row : rows) {
            double mean = Arrays.stream(row).average().orElseThrow();
            between += row.length * (mean - grand) * (mean - grand);
            for (double x : row) within += (x - mean) * (x - mean);
        }
        between /= n - 1;
        within /= all - n;
        if (between == 0 && within == 0) return none(2, n);
        double k = (all - squares / all) / (n - 1);
        double f = ratio(between, within);
        double low = f / FisherF.quantile(UPPER, n - 1.0, all - n);
        double high = f * FisherF.quantile(UPPER, all - n, n - 1.0);
        return new Estimate[] {
            new Estimate((between - within) / (between + (k - 1) * within), single(low, k), single(high, k), n),
            new Estimate((between - within) / between, 1 - 1 / low, 1 - 1 / high, n)
        };
    }

    /** The ratio of variances; NaN, for no interval, if the labels of an item do not differ at all. */
    private static double ratio(double between, double within) {
        return within == 0 ? Double.NaN : between / within;
    }

    private static double single(double f, double k) {
        return (f - 1) / (f + k - 1);
    }

    /** Agreement and consistency of single labels, then of means. */
    private static Estimate[] twoWay(double[][] rows) {
        int n = rows.length;
        if (n < 2) return none(4, n);
        int k = rows[0].length;
        double grand =
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).average().orElseThrow();
        double items = 0;
        double total = 0;
        double annotators = 0;
        for (double[] row : rows) {
            double mean = Arrays.stream(row).average().orElseThrow();
            items += k * (mean - grand) * (mean - grand);
            for (double x : row) total += (x - grand) * (x - grand);
        }
        for (int a = 0; a < k; a++) {
            int column = a;
            double mean = Arrays.stream(rows)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElseThrow();
            annotators += n * (mean - grand) * (mean - grand);
        }
        if (total == 0) return none(4, n);
        double rest = Math.max(0, total - items - annotators);
        // Rounding of a perfect fit is not variance.
        if (rest < 1e-12 * total) rest = 0;
        double freedom = (n - 1.0) * (k - 1.0);
        double b = items / (n - 1);
        double j = annotators / (k - 1);
        double e = rest / freedom;
        double agreement = (b - e) / (b + (k - 1) * e + k * (j - e) / n);
        double consistency = (b - e) / (b + (k - 1) * e);
        double f = ratio(b, e);
        double low = f / FisherF.quantile(UPPER, n - 1.0, freedom);
        double high = f * FisherF.quantile(UPPER, freedom, n - 1.0);
        double[] ends = agreementEnds(n, k, agreement, b, j, e);
        return new Estimate[] {
            new Estimate(agreement, ends[0], ends[1], n),
            new Estimate(consistency, single(low, k), single(high, k), n),
            new Estimate((b - e) / (b + (j - e) / n), average(ends[0], k), average(ends[1], k), n),
            new Estimate((b - e) / b, 1 - 1 / low, 1 - 1 / high, n)
        };
    }

    /** McGraw and Wong's interval of ICC(A,1), with Satterthwaite's degrees of freedom. */
    private static double[] agreementEnds(int n, int k, double r, double b, double j, double e) {
        if (e == 0) return new double[] {Double.NaN, Double.NaN};
        double x = k * r / (n * (1 - r));
        double y = 1 + k * r * (n - 1) / (n * (1 - r));
        double sum = x * j + y * e;
        double freedom = sum * sum / (x * j * (x * j) / (k - 1) + y * e * (y * e) / ((n - 1.0) * (k - 1.0)));
        double lower = FisherF.quantile(UPPER, n - 1.0, freedom);
        double upper = FisherF.quantile(UPPER, freedom, n - 1.0);
        double rest = (double) k * n - k - n;
        return new double[] {
            n * (b - lower * e) / (lower * (k * j + rest * e) + n * b),
            n * (upper * b - e) / (k * j + rest * e + n * upper * b)
        };
    }

    private static double average(double single, int k) {
        return single * k / (1 + single * (k - 1));
    }

    private static Estimate[] none(int count, int items) {
        Estimate[] none = new Estimate[count];
        Arrays.fill(none, Estimate.none(items));
        return none;
    }
}
