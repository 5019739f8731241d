package org.thurstone.rank.agreement;

import java.util.List;
import java.util.SplittableRandom;
import org.thurstone.statistics.Estimate;

/**
 * The labels that a method finds for the items.
 *
 * @param best the indices of the most probable labels of each item: more than one if there is a tie
 * @param reliability of each annotator, as the method measures it; empty for {@link Method#MAJORITY}
 */
public record Aggregation(Method method, int[][] best, double[] reliability) {

    private static final double SMOOTHING = 0.01;

    /** Ways to find the true labels. */
    public enum Method {
        MAJORITY("majority", "majority"),
        /** The reliability is the probability of the true label. */
        DAWID_SKENE("dawid_skene", "Dawid–Skene"),
        /** The reliability is the probability of the true label. */
        ONE_COIN("one_coin", "one-coin Dawid–Skene"),
        /** The reliability is the ability α. */
        GLAD("glad", "GLAD"),
        /** The reliability is the probability of knowing the label. */
        MACE("mace", "MACE"),
        /** The reliability is the share of labels that are the majority's. */
        WAWA("wawa", "Wawa"),
        /** For two labels; the reliability is up to a factor. */
        KOS("kos", "Karger–Oh–Shah");

        private final String key;
        private final String title;

        Method(String key, String title) {
            this.key = key;
            this.title = title;
        }

        /** The name in documents. */
        public String key() {
            return key;
        }

        /** The name in tables. */
        public String title() {
            return title;
        }

        /** Whether the method can be used for these labels. */
        public boolean suits(Labels labels) {
            return this != KOS || labels.categories().size() == 2;
        }
    }

    /**
     * Aggregates labels.
     *
     * @param gold the true labels of some items, which are fixed
     * @param skene the fit of Dawid and Skene's model, which other figures need, too
     * @param seed of {@link Method#KOS}
     */
    public static Aggregation of(Method method, Labels labels, TrueLabels gold, DawidSkene skene, long seed) {
        int[] known = gold.indices(labels);
        return switch (method) {
            case MAJORITY -> new Aggregation(method, Posteriors.best(Posteriors.shares(labels, known)), new double[0]);
            case DAWID_SKENE -> new Aggregation(method, skene.labels(), skene.skill());
            case ONE_COIN -> {
                OneCoin fit = OneCoin.fit(labels, SMOOTHING, gold);
                yield new Aggregation(method, fit.labels(), fit.accuracy());
            }
            case GLAD -> {
                Glad fit = Glad.fit(labels, gold);
                yield new Aggregation(method, fit.labels(), fit.ability());
            }
            case MACE -> {
                Mace fit = Mace.fit(labels, gold);
                yield new Aggregation(method, fit.labels(), fit.competence());
            }
            case WAWA -> {
                Wawa fit = Wawa.fit(labels, gold);
                yield new Aggregation(method, fit.labels(), fit.agreement());
            }
            case KOS -> {
                KargerOhShah fit = KargerOhShah.fit(labels, new SplittableRandom(seed));
                int[][] best = fit.labels();
                for (int i = 0; i < best.length; i++) if (known[i] >= 0) best[i] = new int[] {known[i]};
                yield new Aggregation(method, best, fit.reliability());
            }
        };
    }

    /** The share of known true labels that were found; a tie counts as the share of being right if one of them is drawn. */
    public Estimate accuracy(Labels labels, TrueLabels truth) {
        return truth.accuracy(labels, best);
    }

    /** The names of an item's labels. */
    public List<String> labels(Labels labels, int item) {
        return java.util.Arrays.stream(best[item])
                .mapToObj(labels.categories()::get)
                .toList();
    }
}
