package org.thurstone.rank.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.Votes;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.statistics.Correlation;
import org.thurstone.statistics.Quantiles;

/**
 * Times Bradley–Terry: counting battles one by one, the fit with sandwich intervals, and a bootstrap by battle.
 *
 * @param battles number of battles to count and fit, at least 2
 * @param items number of items, at least 2
 * @param drawnBattles number of battles in the bootstrap
 * @param drawnItems number of items in the bootstrap
 * @param draws number of bootstrap draws, at least 1
 * @param seconds that counting and fitting are each repeated for, at least three times; medians are reported
 */
public record RankBench(
        int battles, int items, int drawnBattles, int drawnItems, int draws, double seconds, long seed) {

    private static final int FEWEST_ROUNDS = 3;

    public RankBench {
        if (battles < 2 || items < 2 || drawnBattles < 2 || drawnItems < 2 || draws < 1 || !(seconds >= 0)) {
            throw new IllegalArgumentException(
                    "battles and items are at least 2, draws at least 1, seconds at least 0");
        }
    }

    /**
     * The figures, in seconds.
     *
     * @param firstFit the first fit, before the code is warm
     * @param fit the median of the rounds, from counts to intervals of 95 %; from battles one by one if they come from a file
     * @param correlation of ratings with the true strengths; empty for a file
     */
    public record Figures(
            long battles,
            int items,
            Optional<Double> countSeconds,
            double firstFit,
            double fit,
            Optional<Double> correlation,
            List<Double> firstFive,
            int bootstrapBattles,
            int bootstrapItems,
            int draws,
            double bootstrapSeconds,
            int threads,
            long usedBytes) {}

    /** On simulated battles: strengths of standard deviation 1, random pairs. */
    public Figures run() {
        SplittableRandom random = new SplittableRandom(seed);
        double[] strengths = strengths(items, random);
        int[] left = new int[battles];
        int[] right = new int[battles];
        boolean[] won = new boolean[battles];
        draw(strengths, left, right, won, random);
        double[] counts = repeated(() -> counted(left, right, won));
        Tally tally = counted(left, right, won);
        Tally small = made(drawnBattles, drawnItems, random);
        return timed(tally, small, Optional.of(Quantiles.median(counts)), Optional.of(strengths));
    }

    /** On battles from a file: counting is part of the fit. */
    public Figures run(Battles given) {
        return timed(given, given, Optional.empty(), Optional.empty());
    }

    private Figures timed(Votes votes, Votes drawn, Optional<Double> count, Optional<double[]> truth) {
        Inference inference = Inference.DEFAULT.withDraws(0);
        double[] fits = repeated(() -> BradleyTerry.PLAIN.rank(votes.tally(), inference));
        Board last = BradleyTerry.PLAIN.rank(votes.tally(), inference);
        Inference bootstrap =
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(draws);
        long begin = System.nanoTime();
        BradleyTerry.PLAIN.rank(drawn, bootstrap);
        double took = seconds(begin);
        Runtime runtime = Runtime.getRuntime();
        return new Figures(
                votes.size(),
                votes.items().size(),
                count,
                fits[0],
                Quantiles.median(fits),
                truth.map(strengths -> correlation(last, strengths)),
                IntStream.range(0, Math.min(5, votes.items().size()))
                        .mapToObj(RankBench::name)
                        .map(name -> last.of(name).map(Standing::rating).orElse(Double.NaN))
                        .toList(),
                (int) drawn.size(),
                drawn.items().size(),
                draws,
                took,
                runtime.availableProcessors(),
                runtime.totalMemory() - runtime.freeMemory());
    }

    /** The seconds of each round. */
    private double[] repeated(Runnable work) {
        List<Double> took = new ArrayList<>();
        long start = System.nanoTime();
        while (took.size() < FEWEST_ROUNDS || seconds(start) < seconds) {
            long begin = System.nanoTime();
            work.run();
            took.add(seconds(begin));
        }
        return took.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Tally made(int battles, int items, SplittableRandom random) {
        int[] left = new int[battles];
        int[] right = new int[battles];
        boolean[] won = new boolean[battles];
        double[] strengths = strengths(items, random);
        draw(strengths, left, right, won, random);
        return counted(left, right, won);
    }

    private static double[] strengths(int items, SplittableRandom random) {
        return IntStream.range(0, items).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    private static void draw(double[] strengths, int[] left, int[] right, boolean[] won, SplittableRandom random) {
        for (int k = 0; k < left.length; k++) {
            left[k] = random.nextInt(strengths.length);
            right[k] = (left[k] + 1 + random.nextInt(strengths.length - 1)) % strengths.length;
            won[k] = random.nextDouble() < 1 / (1 + Math.exp(strengths[right[k]] - strengths[left[k]]));
        }
    }

    private static Tally counted(int[] left, int[] right, boolean[] won) {
        TallyCounter counter = new TallyCounter();
        int[] index = IntStream.rangeClosed(0, Arrays.stream(left).max().orElse(0))
                .map(i -> counter.item(name(i)))
                .toArray();
        for (int k = 0; k < left.length; k++) {
            counter.add(
                    index[left[k]],
                    right[k] < index.length ? index[right[k]] : counter.item(name(right[k])),
                    won[k] ? Outcome.LEFT : Outcome.RIGHT,
                    1);
        }
        return counter.tally();
    }

    /** The names that the scripts use that this is compared with. */
    private static String name(int item) {
        return "m" + item;
    }

    private static double correlation(Board board, double[] truth) {
        double[] found = IntStream.range(0, truth.length)
                .mapToDouble(i -> board.of(name(i)).map(Standing::rating).orElse(0.0))
                .toArray();
        return Correlation.pearson(found, truth);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) * 1e-9;
    }
}
