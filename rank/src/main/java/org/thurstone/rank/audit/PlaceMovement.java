package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.statistics.Quantiles;

/**
 * How far places move: the median over items of the number of places in each item's interval, one item at a time. The interval of the figure is what
 * as many votes again would give, if the ratings were right.
 *
 * @param threshold the largest median that is no flag, in places
 */
record PlaceMovement(double threshold) implements Probe {

    private static final int REPEATS = 50;
    private static final int INNER = 200;

    @Override
    public String name() {
        return "places";
    }

    @Override
    public String question() {
        return "Places in the interval of the median item";
    }

    @Override
    public Probe withThreshold(double other) {
        return new PlaceMovement(other);
    }

    @Override
    public boolean tested() {
        return false;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        double[][] draws = fit.errors().draws();
        int[][] intervals = intervals(fit.ratings(), draws, votes.level());
        double median = median(intervals);
        List<Detail> details = new ArrayList<>();
        for (int rank = 1; rank <= fit.order().length; rank++) {
            int item = fit.order()[rank - 1];
            details.add(new Detail(fit.name(item), rank, intervals[item][0], intervals[item][1], ""));
        }
        Detail widest = details.stream()
                .max(Comparator.comparingDouble(d -> d.high() - d.low()))
                .orElseThrow();
        int repeats = Math.min(REPEATS, draws.length);
        double[][] inner = Arrays.copyOfRange(draws, 0, Math.min(INNER, draws.length));
        double[] again = IntStream.range(0, repeats)
                .parallel()
                .mapToDouble(d ->
                        median(intervals(sum(fit.ratings(), draws[draws.length - 1 - d]), inner, votes.level())))
                .sorted()
                .toArray();
        return Finding.of(
                this,
                median,
                Quantiles.interpolated(again, (1 - votes.level()) / 2),
                Quantiles.interpolated(again, (1 + votes.level()) / 2),
                median > threshold,
                String.format(
                        Locale.ROOT,
                        "The interval of the median item has %.1f places; %s may have any of %.0f to %.0f.",
                        median,
                        widest.what(),
                        widest.low(),
                        widest.high()),
                details);
    }

    private static double median(int[][] intervals) {
        return Quantiles.median(
                Arrays.stream(intervals).mapToDouble(i -> i[1] - i[0] + 1).toArray());
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }

    /** The first and the last place of each item: quantiles over the draws, rounded outwards. */
    private static int[][] intervals(double[] ratings, double[][] draws, double level) {
        int n = ratings.length;
        double[][] places = new double[n][draws.length];
        for (int d = 0; d < draws.length; d++) {
            double[] drawn = sum(ratings, draws[d]);
            int[] order = IntStream.range(0, n)
                    .boxed()
                    .sorted((a, b) -> Double.compare(drawn[b], drawn[a]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int k = 0; k < n; k++) {
                places[order[k]][d] = k + 1;
            }
        }
        int[][] intervals = new int[n][];
        for (int i = 0; i < n; i++) {
            Arrays.sort(places[i]);
            intervals[i] = new int[] {
                (int) Math.floor(Quantiles.interpolated(places[i], (1 - level) / 2)),
                (int) Math.ceil(Quantiles.interpolated(places[i], (1 + level) / 2))
            };
        }
        return intervals;
    }
}
