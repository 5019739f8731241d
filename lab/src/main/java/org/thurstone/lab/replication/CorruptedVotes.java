package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Board;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.statistics.Correlation;
import org.thurstone.statistics.Moments;

/**
 * Votes on pairs of items with known strengths, where some pairs are missing and others are corrupted.
 *
 * @param strengths log-odds, normal
 * @param all with winner and loser exchanged in corrupted pairs
 * @param honest without the corrupted pairs
 */
record CorruptedVotes(double[] strengths, Tally all, Tally honest) {

    private static final List<String> ITEMS =
            IntStream.range(0, 40).mapToObj(i -> "item " + i).toList();
    private static final double SPREAD = 1.5;

    /**
     * How votes are drawn.
     *
     * @param missing the probability that a pair is not compared
     * @param corrupted the share of compared pairs
     * @param votes per pair
     */
    record Setting(double missing, double corrupted, int votes) {}

    static CorruptedVotes random(Setting setting, RandomGenerator random) {
        int n = ITEMS.size();
        double[] strengths = IntStream.range(0, n)
                .mapToDouble(i -> SPREAD * random.nextGaussian())
                .toArray();
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (random.nextDouble() >= setting.missing) {
                    pairs.add(new int[] {i, j});
                }
            }
        }
        Collections.shuffle(pairs, random);
        long lies = Math.round(setting.corrupted * pairs.size());
        List<Battle> all = new ArrayList<>();
        List<Battle> honest = new ArrayList<>();
        for (int p = 0; p < pairs.size(); p++) {
            int i = pairs.get(p)[0];
            int j = pairs.get(p)[1];
            double chance = 1 / (1 + Math.exp(strengths[j] - strengths[i]));
            for (int v = 0; v < setting.votes; v++) {
                boolean first = random.nextDouble() < chance;
                Outcome outcome = first == p < lies ? Outcome.RIGHT : Outcome.LEFT;
                all.add(Battle.of(ITEMS.get(i), ITEMS.get(j), outcome));
                if (p >= lies) {
                    honest.add(all.getLast());
                }
            }
        }
        return new CorruptedVotes(strengths, Tally.of(all), Tally.of(honest));
    }

    /** Kendall's τ of a board with the true order. */
    double tau(Board board) {
        return Correlation.tauA(ratings(board), strengths);
    }

    /** The standard deviation of the errors of its ratings. */
    double error(Board board) {
        double[] ratings = ratings(board);
        return Moments.of(IntStream.range(0, ratings.length)
                        .mapToDouble(i -> ratings[i] - strengths[i])
                        .toArray())
                .deviation();
    }

    /** An item without votes has the mean strength. */
    private static double[] ratings(Board board) {
        return ITEMS.stream()
                .mapToDouble(item -> board.of(item).map(Standing::rating).orElse(0.0))
                .toArray();
    }
}
