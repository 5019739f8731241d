package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Tally;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.rank.pairs.BattleInfluence;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.statistics.Logistic;
import org.thurstone.statistics.Quantiles;

/**
 * Cycles of three items, each of which wins most of its battles against the next, beyond those that the model expects: the share of cycles among all
 * triples that met and were decided, minus its mean over boards that the fitted model draws with as many decided battles of each pair. Ties are left
 * out on both sides. A share of few triples cannot be far from chance, however clear a cycle is; so a cycle is more than chance also if the log-odds
 * around it, which sum to zero in every model with one strength per item, are further from zero than their error explains.
 *
 * @param threshold the largest difference that is no flag, in [0, 1]
 */
record Cycles(double threshold) implements Probe {

    private static final int MOST_WEIGHED = 1_000_000;
    private static final int SHOWN = 20;

    @Override
    public String name() {
        return "cycles";
    }

    @Override
    public String question() {
        return "Cycles of three beyond what the model expects (share of triples)";
    }

    @Override
    public Probe withThreshold(double other) {
        return new Cycles(other);
    }

    @Override
    public boolean tested() {
        return true;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        Battles battles = fit.battles();
        Tally tally = battles.tally().folded();
        Majorities observed = Majorities.of(tally);
        Majorities.Triples found = observed.triples();
        if (found.decided() == 0) {
            throw new UserError("no three items met each other in decided battles");
        }
        BattleInfluence decided = BattleInfluence.of(
                votes.model().with(BradleyTerry.Ties.HALF).withHome(false),
                battles,
                b -> battles.outcome(b).left() != 0.5);
        double[] ratings = decided.ratings();
        double[][] chances = new double[tally.cells()][];
        for (int c = 0; c < chances.length; c++) {
            int n = (int) Math.round(tally.leftWins(c) + tally.rightWins(c));
            chances[c] = MajorityOdds.of(n, Logistic.sigmoid(ratings[tally.left(c)] - ratings[tally.right(c)]));
        }
        SplittableRandom seeds = new SplittableRandom(votes.seed());
        double[] simulated = IntStream.range(0, votes.draws()).mapToObj(d -> seeds.split()).toList().parallelStream()
                .mapToDouble(random ->
                        Majorities.drawn(tally, chances, random).triples().share())
                .sorted()
                .toArray();
        double expected = Arrays.stream(simulated).average().orElseThrow();
        double tail = (1 - votes.levelPerTest()) / 2;
        double excess = found.share() - expected;
        double low = found.share() - Quantiles.reached(simulated, 1 - tail);
        double high = found.share() - Quantiles.reached(simulated, tail);
        List<Detail> cycles = cycles(observed, tally, votes.levelPerTest(), found.decided());
        boolean clear = !cycles.isEmpty() && cycles.getFirst().low() > 0;
        return Finding.of(
                this,
                excess,
                low,
                high,
                excess > threshold && (low > 0 || clear),
                String.format(
                        Locale.ROOT,
                        "%,d of %,d decided triples are cycles (%.1f %%); the fitted model gives %.1f %% with as many"
                                + " battles.",
                        found.cycles(),
                        found.decided(),
                        100 * found.share(),
                        100 * expected),
                cycles.subList(0, Math.min(SHOWN, cycles.size())));
    }

    /** The cycles with the sum of the log-odds around each, the clearest first; intervals hold for all decided triples together. */
    private static List<Detail> cycles(Majorities majorities, Tally tally, double level, long triples) {
        double quantile = AuditedVotes.quantile(level, triples);
        Map<Long, Integer> cells = new HashMap<>();
        for (int c = 0; c < tally.cells(); c++) {
            cells.put(key(tally.left(c), tally.right(c)), c);
        }
        List<String> items = tally.items();
        return majorities.cycles(MOST_WEIGHED).stream()
                .map(cycle -> {
                    double sum = 0;
                    double variance = 0;
                    for (int k = 0; k < 3; k++) {
                        int winner = cycle[k];
                        int loser = cycle[(k + 1) % 3];
                        int cell = cells.getOrDefault(key(Math.min(winner, loser), Math.max(winner, loser)), -1);
                        // Half a win more for each keeps the log-odds of a pair finite that one item always won.
                        double won = 0.5 + (winner < loser ? tally.leftWins(cell) : tally.rightWins(cell));
                        double lost = 0.5 + (winner < loser ? tally.rightWins(cell) : tally.leftWins(cell));
                        sum += Math.log(won / lost);
                        variance += 1 / won + 1 / lost;
                    }
                    double half = quantile * Math.sqrt(variance);
                    return new Detail(
                            items.get(cycle[0]) + " over " + items.get(cycle[1]) + " over " + items.get(cycle[2])
                                    + " over " + items.get(cycle[0]),
                            sum,
                            sum - half,
                            sum + half,
                            "");
                })
                .sorted(Comparator.comparingDouble(d -> -d.figure() / (d.high() - d.low())))
                .toList();
    }

    private static long key(int left, int right) {
        return ((long) left << 32) | right;
    }

    /** For each item those that it beat in most decided battles, and those that it met with a decision. */
    private record Majorities(BitSet[] beats, BitSet[] beatenBy) {

        /** Triples of which every pair is decided, and those of them that are cycles. */
        record Triples(long decided, long cycles) {
            double share() {
                return decided == 0 ? 0 : (double) cycles / decided;
            }
        }

        private static Majorities none(int n) {
            return new Majorities(sets(n), sets(n));
        }

        private static BitSet[] sets(int n) {
            return IntStream.range(0, n).mapToObj(i -> new BitSet(n)).toArray(BitSet[]::new);
        }

        static Majorities of(Tally tally) {
            Majorities majorities = none(tally.items().size());
            for (int c = 0; c < tally.cells(); c++) {
                majorities.add(tally.left(c), tally.right(c), Double.compare(tally.leftWins(c), tally.rightWins(c)));
            }
            return majorities;
        }

        /** @param chances of each pair: that the right one has more wins, and that the left one has no more */
        static Majorities drawn(Tally tally, double[][] chances, SplittableRandom random) {
            Majorities majorities = none(tally.items().size());
            for (int c = 0; c < tally.cells(); c++) {
                double u = random.nextDouble();
                majorities.add(tally.left(c), tally.right(c), u < chances[c][0] ? -1 : u < chances[c][1] ? 0 : 1);
            }
            return majorities;
        }

        private void add(int left, int right, int side) {
            if (side != 0) {
                int winner = side > 0 ? left : right;
                int loser = side > 0 ? right : left;
                beats[winner].set(loser);
                beatenBy[loser].set(winner);
            }
        }

        Triples triples() {
            long cycles = 0;
            long transitive = 0;
            for (int i = 0; i < beats.length; i++) {
                for (int j = beats[i].nextSetBit(0); j >= 0; j = beats[i].nextSetBit(j + 1)) {
                    // i over j over k over i is met at each of its three wins, i over j over k and i over k only once.
                    BitSet closing = (BitSet) beats[j].clone();
                    closing.and(beatenBy[i]);
                    cycles += closing.cardinality();
                    BitSet chain = (BitSet) beats[j].clone();
                    chain.and(beats[i]);
                    transitive += chain.cardinality();
                }
            }
            return new Triples(transitive + cycles / 3, cycles / 3);
        }

        /** The first so many cycles, each beginning with its first item in alphabetical order. */
        List<int[]> cycles(int most) {
            List<int[]> cycles = new ArrayList<>();
            for (int i = 0; i < beats.length; i++) {
                for (int j = beats[i].nextSetBit(i + 1); j >= 0; j = beats[i].nextSetBit(j + 1)) {
                    BitSet closing = (BitSet) beats[j].clone();
                    closing.and(beatenBy[i]);
                    for (int k = closing.nextSetBit(i + 1); k >= 0; k = closing.nextSetBit(k + 1)) {
                        if (cycles.size() == most) {
                            return cycles;
                        }
                        cycles.add(new int[] {i, j, k});
                    }
                }
            }
            return cycles;
        }
    }
}
