package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An item whose label is not certain enough.
 *
 * @param item its index
 * @param labels the number of its labels
 * @param best the indices of its most probable labels by Dawid and Skene's model; several if they are equally probable
 * @param probability of each of them
 * @param more about how many further labels would make one of them certain enough: the missing log-odds over those that an average annotator adds per
 *     label; 0 if average annotators are hardly better than chance, so that no sensible number would
 */
public record Uncertainty(int item, int labels, int[] best, double probability, int more) {

    /** More labels of one item are not asked for. */
    private static final int MOST = 1000;

    /**
     * The items whose most probable label is less probable than it should be, the least certain first.
     *
     * @param enough the probability that a label needs, in (½, 1)
     */
    public static List<Uncertainty> of(Labels labels, DawidSkene fit, double enough) {
        int[] count = new int[labels.items().size()];
        double right = 0;
        for (int n = 0; n < labels.size(); n++) {
            count[labels.item()[n]]++;
            right += fit.posterior()[labels.item()[n]][labels.category()[n]];
        }
        double gain = gain(right / labels.size(), labels.categories().size());
        int[][] best = fit.labels();
        List<Uncertainty> all = new ArrayList<>();
        for (int i = 0; i < count.length; i++) {
            double p = fit.posterior()[i][best[i][0]];
            if (p >= enough) continue;
            double more = gain > 0 ? Math.max(1, Math.ceil((logit(enough) - logit(p)) / gain)) : 0;
            all.add(new Uncertainty(i, count[i], best[i], p, more > MOST ? 0 : (int) more));
        }
        all.sort(Comparator.comparingDouble(Uncertainty::probability));
        return all;
    }

    /** The expected log-odds that a label adds for the truth, from an annotator who is right with a probability and otherwise draws any other label. */
    private static double gain(double right, int categories) {
        if (categories < 2) return 0;
        double p = Math.min(right, 1 - 1e-6);
        double wrong = (1 - p) / (categories - 1);
        return p <= wrong ? 0 : (p - wrong) * Math.log(p / wrong);
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }
}
