package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.statistics.Estimate;
import org.thurstone.statistics.Quantiles;

/**
 * Coefficients of agreement beyond chance: 1 is perfect, 0 what chance gives, below it is systematic disagreement. NaN where chance
 * cannot be distinguished from agreement, because all annotators gave the same label.
 */
public final class Agreement {

    /** The fewest annotators whose resamples say something of other annotators. */
    public static final int FEWEST_ANNOTATORS = 5;

    private static final double NO_VARIANCE = 1e-12;

    private Agreement() {}

    /**
     * How intervals are found.
     *
     * @param resamples at least 1
     * @param seed of the draws; coefficients with the same seed are computed from the same resamples
     */
    public record Bootstrap(Unit unit, int resamples, long seed) {

        /** The independent unit that is drawn with replacement. */
        public enum Unit {
            /** Items: what other items of the same kind would give, by the same annotators. */
            ITEM,
            /** Annotators: what other annotators of the same kind would give, for the same items. Needs at least five of them. */
            ANNOTATOR
        }
    }

    /** A figure of counts. */
    private interface Coefficient {
        double of(ItemCounts counts);
    }

    /**
     * Cohen's kappa of two annotators over the items that both labelled, with Fleiss, Cohen and Everitt's (1969) large-sample 95 %
     * interval; where that has no width, with Wilson's interval of the agreement, at the same agreement by chance.
     *
     * @param table how often the first gave the row's label and the second the column's, categories × categories
     */
    public static Estimate cohen(int[][] table) {
        return cohen(table, AgreementWeights.IDENTITY.matrix(table.length));
    }

    /**
     * Cohen's weighted kappa (1968) of two annotators, with Fleiss, Cohen and Everitt's (1969) large-sample 95 % interval.
     *
     * @param table how often the first gave the row's label and the second the column's, categories × categories
     * @param weights how far two labels agree, categories × categories: 1 for the same, less for others
     */
    public static Estimate cohen(int[][] table, double[][] weights) {
        int k = table.length;
        double[] rows = new double[k];
        double[] columns = new double[k];
        int n = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                rows[i] += table[i][j];
                columns[j] += table[i][j];
                n += table[i][j];
            }
        }
        double observed = 0;
        double expected = 0;
        double[] ofRow = new double[k];
        double[] ofColumn = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                observed += weights[i][j] * table[i][j] / n;
                expected += weights[i][j] * rows[i] / n * columns[j] / n;
                ofRow[i] += weights[i][j] * columns[j] / n;
                ofColumn[j] += weights[i][j] * rows[i] / n;
            }
        }
        if (n == 0 || expected == 1) return Estimate.none(n);
        double kappa = (observed - expected) / (1 - expected);
        double sum = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double part = weights[i][j] - (ofRow[i] + ofColumn[j]) * (1 - kappa);
                sum += table[i][j] / (double) n * part * part;
            }
        }
        double centre = kappa - expected * (1 - kappa);
        double variance = (sum - centre * centre) / (n * (1 - expected) * (1 - expected));
        if (variance > NO_VARIANCE)
            return Estimate.of(kappa, Math.sqrt(variance), n).within(-1, 1);
        // Without variance in the table, as in ten agreements of ten, the interval of the share says what is not known.
        Estimate share = Estimate.ofShare(observed * n, n);
        double low = (share.low() - expected) / (1 - expected);
        double high = (share.high() - expected) / (1 - expected);
        return new Estimate(kappa, Math.min(low, kappa), Math.max(high, kappa), n).within(-1, 1);
    }

    /**
     * The share of pairs of labels of an item that are the same, averaged over the items with at least two labels; not corrected for chance.
     */
    public static Estimate observed(Labels labels, Bootstrap bootstrap) {
        return estimate(labels, bootstrap, Agreement::observed);
    }

    private static double observed(ItemCounts counts) {
        double sum = 0;
        double items = 0;
        for (int i = 0; i < counts.weight().length; i++) {
            double pairs = counts.pairs(i);
            if (pairs == 0 || counts.weight()[i] == 0) continue;
            double same = 0;
            for (int c = 0; c < counts.counts()[i].length; c++) same += counts.agreeing(i, c);
            sum += counts.weight()[i] * same / pairs;
            items += counts.weight()[i];
        }
        return sum / items;
    }

    /**
     * Fleiss's kappa of any number of interchangeable annotators, with a 95 % percentile interval. Items with fewer
     * than two labels are left out; where the numbers of labels differ, each item's own share of agreeing pairs is averaged.
     */
    public static Estimate fleiss(Labels labels, Bootstrap bootstrap) {
        return estimate(labels, bootstrap, Agreement::fleiss);
    }

    /**
     * Fleiss's kappa by counts, with a 95 % percentile interval from resampled items.
     *
     * @param counts items × categories
     */
    public static Estimate fleiss(int[][] counts, int resamples, RandomGenerator random) {
        return estimates(counts, ItemCounts.byItem(counts), resamples, random, List.of(Agreement::fleiss))
                .getFirst();
    }

    private static double fleiss(ItemCounts counts) {
        double[] totals = totals(counts);
        double all = Arrays.stream(totals).sum();
        double chance = 0;
        for (double total : totals) chance += total / all * (total / all);
        return chance == 1 ? Double.NaN : (observed(counts) - chance) / (1 - chance);
    }

    /** How often each label was given to items with at least two labels. */
    private static double[] totals(ItemCounts counts) {
        double[] totals = new double[counts.counts()[0].length];
        for (int i = 0; i < counts.weight().length; i++) {
            if (counts.weight()[i] == 0 || counts.pairs(i) == 0) continue;
            for (int c = 0; c < totals.length; c++) totals[c] += counts.weight()[i] * counts.counts()[i][c];
        }
        return totals;
    }

    /**
     * Krippendorff's alpha, for any number of annotators, labels missing or not, with a 95 % percentile interval.
     *
     * @param labels items with fewer than two labels count for nothing
     * @throws IllegalArgumentException if the distance needs numbers and a label is none, or an order and it is not known
     */
    public static Estimate krippendorff(Labels labels, Disagreement distance, Bootstrap bootstrap) {
        return estimate(labels, bootstrap, alpha(labels, distance));
    }

    /** Krippendorff's alpha with an interval from resampled items. */
    public static Estimate krippendorff(Labels labels, Disagreement distance, int resamples, RandomGenerator random) {
        int[][] counts = labels.counts();
        return estimates(counts, ItemCounts.byItem(counts), resamples, random, List.of(alpha(labels, distance)))
                .getFirst();
    }

    private static Coefficient alpha(Labels labels, Disagreement distance) {
        return counts -> {
            double[] totals = totals(counts);
            return alpha(counts, totals, distance.squared(labels.order(), totals));
        };
    }

    private static double alpha(ItemCounts counts, double[] totals, double[][] squared) {
        double observed = 0;
        for (int i = 0; i < counts.weight().length; i++) {
            double pairs = counts.pairs(i);
            if (counts.weight()[i] == 0 || pairs == 0) continue;
            double[] item = counts.counts()[i];
            double apart = 0;
            for (int a = 0; a < item.length; a++) {
                if (item[a] == 0) continue;
                for (int b = 0; b < a; b++) apart += 2.0 * item[a] * item[b] * squared[a][b];
            }
            observed += counts.weight()[i] * counts.labels(i) * apart / pairs;
        }
        double n = Arrays.stream(totals).sum();
        double expected = 0;
        for (int a = 0; a < totals.length; a++) {
            for (int b = 0; b < a; b++) expected += 2 * totals[a] * totals[b] * squared[a][b];
        }
        return expected == 0 ? Double.NaN : 1 - observed * (n - 1) / expected;
    }

    /**
     * Gwet's AC1 (with {@link AgreementWeights#IDENTITY}) or AC2 (Gwet 2008, 2014), for any number of annotators, labels missing or not, with a 95 %
     * percentile interval. Chance agreement is that of labels given at random to items that are hard to tell, so that the coefficient stays high
     * where nearly all labels are the same. All labels of the scale count as categories, used or not.
     *
     * @throws IllegalArgumentException if the weights need an order of the labels and it is not known
     */
    public static Estimate gwet(Labels labels, AgreementWeights weights, Bootstrap bootstrap) {
        return estimate(labels, bootstrap, gwet(labels, weights));
    }

    private static Coefficient gwet(Labels labels, AgreementWeights weights) {
        double[][] matrix = weights.matrix(labels.order());
        return counts -> gwet(counts, matrix);
    }

    private static double gwet(ItemCounts counts, double[][] weights) {
        int k = weights.length;
        double[] prevalence = new double[k];
        double agreement = 0;
        double paired = 0;
        double items = 0;
        for (int i = 0; i < counts.weight().length; i++) {
            double n = counts.labels(i);
            double times = counts.weight()[i];
            if (times == 0 || n == 0) continue;
            items += times;
            double[] item = counts.counts()[i];
            for (int c = 0; c < k; c++) prevalence[c] += times * item[c] / n;
            double pairs = counts.pairs(i);
            if (pairs == 0) continue;
            paired += times;
            double sum = 0;
            for (int a = 0; a < k; a++) {
                if (item[a] == 0) continue;
                sum += counts.agreeing(i, a);
                for (int b = 0; b < a; b++) sum += 2 * weights[a][b] * item[a] * item[b];
            }
            agreement += times * sum / pairs;
        }
        agreement /= paired;
        double spread = 0;
        double all = 0;
        for (int a = 0; a < k; a++) {
            double share = prevalence[a] / items;
            spread += share * (1 - share);
            all += Arrays.stream(weights[a]).sum();
        }
        double chance = k < 2 ? Double.NaN : all / (k * (k - 1.0)) * spread;
        return (agreement - chance) / (1 - chance);
    }

    /**
     * The specific agreement on each label (Spitzer and Fleiss 1974), in the order of the categories: if an annotator gave an item this label, the
     * probability that another annotator of the item gave it, too. With 95 % percentile intervals.
     */
    public static List<Estimate> specific(Labels labels, Bootstrap bootstrap) {
        return estimates(
                labels,
                bootstrap,
                IntStream.range(0, labels.categories().size())
                        .<Coefficient>mapToObj(c -> counts -> specific(counts, c))
                        .toList());
    }

    private static double specific(ItemCounts counts, int category) {
        double same = 0;
        double given = 0;
        for (int i = 0; i < counts.weight().length; i++) {
            if (counts.weight()[i] == 0) continue;
            same += counts.weight()[i] * counts.agreeing(i, category);
            given += counts.weight()[i]
                    * (counts.counts()[i][category] * counts.labels(i) - counts.squares()[i][category]);
        }
        return given == 0 ? Double.NaN : same / given;
    }

    /** Why the coefficients are not numbers; empty if they are. */
    public static Optional<String> whyNone(Labels labels) {
        if (labels.annotators().size() == 1) {
            return Optional.of(
                    "there is only one annotator, '" + labels.annotators().getFirst() + "'");
        }
        int[] used = new int[labels.categories().size()];
        int pairs = 0;
        for (int[] item : labels.counts()) {
            if (Arrays.stream(item).sum() < 2) continue;
            pairs++;
            for (int c = 0; c < used.length; c++) used[c] += item[c];
        }
        if (pairs == 0) return Optional.of("no item has labels of two annotators");
        if (Arrays.stream(used).filter(n -> n > 0).count() == 1) {
            int only = IntStream.range(0, used.length)
                    .filter(c -> used[c] > 0)
                    .findFirst()
                    .orElseThrow();
            return Optional.of("all labels of items with two or more annotators are '"
                    + labels.categories().get(only) + "', so that agreement is the same as chance");
        }
        return Optional.empty();
    }

    /** All coefficients that suit the labels, from the same resamples. */
    static AgreementCoefficients all(Labels labels, Disagreement distance, Bootstrap bootstrap) {
        int k = labels.categories().size();
        boolean isOrdered = labels.order().isKnown() && k > 2;
        List<Coefficient> wanted = new ArrayList<>(List.of(
                Agreement::observed,
                Agreement::fleiss,
                alpha(labels, distance),
                gwet(labels, AgreementWeights.IDENTITY)));
        if (isOrdered) {
            wanted.add(gwet(labels, AgreementWeights.LINEAR));
            wanted.add(gwet(labels, AgreementWeights.QUADRATIC));
        }
        int first = wanted.size();
        for (int c = 0; c < k; c++) {
            int category = c;
            wanted.add(counts -> specific(counts, category));
        }
        List<Estimate> all = estimates(labels, bootstrap, wanted);
        return new AgreementCoefficients(
                all.get(0),
                all.get(1),
                all.get(2),
                all.get(3),
                isOrdered ? Optional.of(all.get(4)) : Optional.empty(),
                isOrdered ? Optional.of(all.get(5)) : Optional.empty(),
                all.subList(first, all.size()),
                IntraclassCorrelation.of(labels));
    }

    private static Estimate estimate(Labels labels, Bootstrap bootstrap, Coefficient coefficient) {
        return estimates(labels, bootstrap, List.of(coefficient)).getFirst();
    }

    private static List<Estimate> estimates(Labels labels, Bootstrap bootstrap, List<Coefficient> coefficients) {
        int[][] counts = labels.counts();
        ItemCounts.Resampler resampler = switch (bootstrap.unit()) {
            case ITEM -> ItemCounts.byItem(counts);
            case ANNOTATOR -> ItemCounts.byAnnotator(labels);
        };
        boolean isTooFew = bootstrap.unit() == Bootstrap.Unit.ANNOTATOR
                && labels.annotators().size() < FEWEST_ANNOTATORS;
        int resamples = isTooFew ? 0 : bootstrap.resamples();
        return estimates(counts, resampler, resamples, new SplittableRandom(bootstrap.seed()), coefficients);
    }

    private static List<Estimate> estimates(
            int[][] all,
            ItemCounts.Resampler resampler,
            int resamples,
            RandomGenerator random,
            List<Coefficient> coefficients) {
        int items = (int)
                Arrays.stream(all).filter(item -> Arrays.stream(item).sum() > 1).count();
        if (items == 0) return Collections.nCopies(coefficients.size(), Estimate.none(0));
        double[][] drawn = new double[coefficients.size()][resamples];
        for (int r = 0; r < resamples; r++) {
            ItemCounts counts = resampler.draw(random);
            for (int c = 0; c < drawn.length; c++)
                drawn[c][r] = coefficients.get(c).of(counts);
        }
        ItemCounts given = ItemCounts.of(all);
        return IntStream.range(0, drawn.length)
                .mapToObj(c -> interval(coefficients.get(c).of(given), drawn[c], items))
                .toList();
    }

    private static Estimate interval(double value, double[] drawn, int items) {
        double[] finite = Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
        // Resamples that are all the same show no uncertainty, although there is some.
        if (finite.length == 0 || finite[finite.length - 1] - finite[0] < NO_VARIANCE) {
            return new Estimate(value, Double.NaN, Double.NaN, items);
        }
        return new Estimate(value, Quantiles.interpolated(finite, 0.025), Quantiles.interpolated(finite, 0.975), items);
    }
}
