package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.thurstone.data.Count;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.certainty.ItemIntervals;
import org.thurstone.rank.certainty.Profile;
import org.thurstone.rank.certainty.Spread;

/**
 * Intervals of the items that too few results speak for. A sandwich takes its width from the scatter of an item's results, and that is not known from
 * few of them: one tie, or one upset among foregone conclusions, scatters hardly at all. An item is thin if its results count for fewer than
 * {@value #ENOUGH} equal ones, by the squares of their scores (Σg²)²/Σg⁴, or if all of them are ties.
 *
 * <ul>
 *   <li>A thin item gets its likelihood-ratio interval: of up to {@value #SMALL} items from the profile of the whole likelihood, of more by
 *       {@link ItemLikelihood}, which is the same where its opponents are known well.
 *   <li>An item that won or lost every battle against the board has no rating. It gets the posterior interval of a strength that has the law of the
 *       other items ({@link Spread}), or where that is not known the one-sided likelihood-ratio interval.
 *   <li>A group that cannot be compared with the board, of which several items can be compared with each other, is a board of its own.
 * </ul>
 */
final class ThinItems {

    /** Fewer equal results than this hardly show how far they scatter. */
    static final double ENOUGH = 10;
    /** A profile of all strengths takes the cube of the items, for every item. */
    static final int SMALL = 40;

    /** An item's interval, and what it is. */
    record Interval(int item, double low, double high, IntervalKind kind) {}

    private final PairFit fit;
    private final Cells cells;
    private final double[] strengths;
    private final double[] variances;
    private final double level;
    private final int[][] mine;
    private final boolean[] thin;
    private final int[] sizes;
    private final int board;
    private final Optional<Spread> spread;
    private final List<Interval> intervals;

    /**
     * Finds the thin items and their intervals.
     *
     * @param cells all battles, also those between items that cannot be compared
     * @param sandwich the sandwich variances of the strengths
     * @param profile of the whole likelihood, asked for only where there are few items
     */
    ThinItems(
            PairFit fit, Cells cells, double[] strengths, double[] sandwich, double level, Supplier<Profile> profile) {
        this(fit, cells, strengths, sandwich, level, profile, SMALL);
    }

    /** @param small so many items or fewer, and the profile of the whole likelihood is used */
    ThinItems(
            PairFit fit,
            Cells cells,
            double[] strengths,
            double[] sandwich,
            double level,
            Supplier<Profile> profile,
            int small) {
        this.fit = fit;
        this.cells = cells;
        this.strengths = strengths;
        this.level = level;
        Scores scores = Scores.of(fit);
        int n = fit.items();
        this.thin = new boolean[n];
        this.variances = new double[n];
        for (int i = 0; i < n; i++) {
            thin[i] = scores.effective(i) < ENOUGH || scores.onlyTies(i);
            variances[i] = Math.max(sandwich[i], scores.variance(i));
        }
        this.sizes = fit.groups().sizes();
        this.board = IntStream.range(0, sizes.length).reduce(0, (a, b) -> sizes[b] > sizes[a] ? b : a);
        boolean[] asked = new boolean[n];
        for (int i = 0; i < n; i++) {
            asked[i] = thin[i] || alone(i);
        }
        this.mine = byItem(cells, asked);
        this.spread = fit.likelihood().prior().none() ? spread(sandwich) : Optional.empty();
        boolean joint = n <= small && IntStream.range(0, n).anyMatch(i -> thin[i] && !alone(i));
        Optional<Profile> whole = joint ? Optional.of(profile.get()) : Optional.empty();
        this.intervals = IntStream.range(0, n)
                .parallel()
                .filter(i -> thin[i] || alone(i))
                .mapToObj(i -> alone(i) ? unbounded(i) : bounded(i, whole))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether a fit has any such item, which costs no matrix. */
    static boolean any(PairFit fit) {
        Scores scores = Scores.of(fit);
        return IntStream.range(0, fit.items()).anyMatch(i -> scores.effective(i) < ENOUGH || scores.onlyTies(i));
    }

    List<Interval> intervals() {
        return intervals;
    }

    /** The law of the well-determined strengths; empty where they are too few, or a prior was given. */
    Optional<Spread> spread() {
        return spread;
    }

    /** What a reader must know of these intervals. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        long ratio = count(IntervalKind.LIKELIHOOD_RATIO, false);
        long oneSided = count(IntervalKind.LIKELIHOOD_RATIO, true);
        long posterior = count(IntervalKind.POSTERIOR, false);
        if (ratio > 0) {
            remarks.add("L: too few results for a sandwich interval of " + Count.of(ratio, "item")
                    + "; the interval is a likelihood-ratio one");
        }
        if (oneSided > 0) {
            remarks.add("L: the interval of an item that won or lost every battle has one end only");
        }
        if (posterior > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "P: %s won or lost every battle against the board; the interval is a posterior one, for a strength"
                            + " with the normal law of the others (mean %.2f, standard deviation %.2f, estimated from %.0f"
                            + " ratings)",
                    Count.of(posterior, "item"),
                    spread.orElseThrow().mean(),
                    spread.orElseThrow().deviation(),
                    spread.orElseThrow().count()));
        }
        return remarks;
    }

    private long count(IntervalKind kind, boolean oneSided) {
        return intervals.stream()
                .filter(i ->
                        i.kind() == kind && (Double.isInfinite(i.low()) || Double.isInfinite(i.high())) == oneSided)
                .count();
    }

    private boolean alone(int item) {
        return sizes.length > 1 && sizes[fit.groups().of()[item]] == 1;
    }

    private Optional<Spread> spread(double[] sandwich) {
        int[] known = IntStream.range(0, fit.items())
                .filter(i -> fit.groups().of()[i] == board && !thin[i] && sandwich[i] > 0)
                .toArray();
        return Spread.of(
                Arrays.stream(known).mapToDouble(i -> strengths[i]).toArray(),
                Arrays.stream(known).mapToDouble(i -> sandwich[i]).toArray());
    }

    private Optional<Interval> bounded(int item, Optional<Profile> whole) {
        double error = Math.sqrt(variances[item]);
        ItemLikelihood likelihood = of(item, fit.groups().of()[item]);
        double[] ends;
        try {
            ends = whole.isPresent()
                    ? whole.get().interval(item, error, likelihood.scale())
                    : likelihoodRatio(likelihood, item, error);
        } catch (ArithmeticException e) {
            // So far out that nothing is known of the others any more; the item's own battles still say something.
            ends = likelihoodRatio(likelihood, item, error);
        }
        return Optional.of(new Interval(item, ends[0], ends[1], IntervalKind.LIKELIHOOD_RATIO));
    }

    private double[] likelihoodRatio(ItemLikelihood likelihood, int item, double error) {
        return ItemIntervals.likelihoodRatio(likelihood::value, strengths[item], Math.max(error, 0.1), level);
    }

    /** An item without a rating: every battle against the board went one way. */
    private Optional<Interval> unbounded(int item) {
        double won = 0;
        double lost = 0;
        for (int c : mine[item]) {
            boolean left = cells.left()[c] == item;
            int other = left ? cells.right()[c] : cells.left()[c];
            if (fit.groups().of()[other] == board) {
                won += cells.weights()[left ? 0 : 1][c];
                lost += cells.weights()[left ? 1 : 0][c];
            }
        }
        // Where no two items can be compared there is no board to place others by.
        if (sizes[board] < 2 || fit.groups().of()[item] == board || (won > 0) == (lost > 0)) {
            return Optional.empty();
        }
        ItemLikelihood likelihood = of(item, board);
        if (spread.isPresent()) {
            double[] ends = ItemIntervals.posterior(likelihood::value, spread.get(), level);
            return Optional.of(new Interval(item, ends[0], ends[1], IntervalKind.POSTERIOR));
        }
        double top = won > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        double[] ends = ItemIntervals.likelihoodRatio(likelihood::value, top, 1, level);
        return Optional.of(new Interval(item, ends[0], ends[1], IntervalKind.LIKELIHOOD_RATIO));
    }

    /** The likelihood of one item, against the items of a group. */
    ItemLikelihood of(int item, int group) {
        return ItemLikelihood.of(fit, cells, item, mine[item], strengths, variances, group, spread);
    }

    /**
     * The likelihood-ratio interval of every item, by {@link ItemLikelihood}; NaN of one that is alone in its group.
     *
     * @param variances of the errors of all strengths
     */
    static double[][] ratios(PairFit fit, Cells cells, double[] strengths, double[] variances, double level) {
        int n = fit.items();
        int[] group = fit.groups().of();
        int[] sizes = fit.groups().sizes();
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        int[][] mine = byItem(cells, all);
        return IntStream.range(0, n)
                .parallel()
                .mapToObj(i -> {
                    if (sizes.length > 1 && sizes[group[i]] == 1) {
                        return new double[] {Double.NaN, Double.NaN};
                    }
                    ItemLikelihood of =
                            ItemLikelihood.of(fit, cells, i, mine[i], strengths, variances, group[i], Optional.empty());
                    return ItemIntervals.likelihoodRatio(
                            of::value, strengths[i], Math.max(Math.sqrt(variances[i]), 0.01), level);
                })
                .toArray(double[][]::new);
    }

    /** The cells of the items that are asked for; none for the others. */
    private static int[][] byItem(Cells cells, boolean[] asked) {
        int n = cells.items().size();
        int[] met = new int[n];
        for (int c = 0; c < cells.count(); c++) {
            met[cells.left()[c]]++;
            met[cells.right()[c]]++;
        }
        int[][] mine = IntStream.range(0, n)
                .mapToObj(i -> new int[asked[i] ? met[i] : 0])
                .toArray(int[][]::new);
        for (int c = cells.count() - 1; c >= 0; c--) {
            for (int i : new int[] {cells.left()[c], cells.right()[c]}) {
                if (asked[i]) {
                    mine[i][--met[i]] = c;
                }
            }
        }
        return mine;
    }

    /**
     * Sums over an item's battles within its group: of squared scores, of their squares, of information, of information that counts squared
     * weights, of weights without ties.
     */
    private record Scores(
            double[] squares, double[] fourths, double[] informations, double[] squared, double[] decided) {

        static Scores of(PairFit fit) {
            PairLikelihood likelihood = fit.likelihood();
            Cells cells = likelihood.cells();
            int n = fit.items();
            Scores sums = new Scores(new double[n], new double[n], new double[n], new double[n], new double[n]);
            double[] p = fit.parameters();
            double[] out = new double[Response.SIZE];
            int width = cells.covariates().size();
            for (int c = 0; c < cells.count(); c++) {
                double delta = p[cells.left()[c]] - p[cells.right()[c]];
                for (int k = 0; k < width; k++) {
                    delta += cells.values()[c * width + k] * fit.effect(k);
                }
                double squares = 0;
                double fourths = 0;
                double information = 0;
                double squared = 0;
                for (int o = 0; o < 3; o++) {
                    double weight = cells.weights()[o][c];
                    if (weight > 0) {
                        likelihood.response().at(delta, fit.tie(), o, out);
                        double square = cells.squares()[o][c];
                        double one = square / weight;
                        double g = out[Response.BY_DELTA] * out[Response.BY_DELTA];
                        squares += square * g;
                        fourths += square * one * one * g * g;
                        information -= weight * out[Response.BY_DELTA_DELTA];
                        squared -= square * out[Response.BY_DELTA_DELTA];
                    }
                }
                double decided = cells.weights()[0][c] + cells.weights()[1][c];
                for (int i : new int[] {cells.left()[c], cells.right()[c]}) {
                    sums.squares[i] += squares;
                    sums.fourths[i] += fourths;
                    sums.informations[i] += information;
                    sums.squared[i] += squared;
                    sums.decided[i] += decided;
                }
            }
            return sums;
        }

        /** As how many equal results an item's scatter is made of; 0 where there is none. */
        double effective(int item) {
            return fourths[item] > 1e-24 ? squares[item] * squares[item] / fourths[item] : 0;
        }

        boolean onlyTies(int item) {
            return decided[item] == 0;
        }

        /** The variance of the item's strength if all others were known and the model is right; 0 where nothing is known. */
        double variance(int item) {
            return informations[item] > 0 ? squared[item] / (informations[item] * informations[item]) : 0;
        }
    }
}
