package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;

/** Votes drawn with replacement, as many as there were. */
@FunctionalInterface
interface Resampling {

    Votes draw(SplittableRandom random);

    /** How many independent units there are to draw, each with its own battles; empty where single battles or orders are drawn. */
    static OptionalInt clusters(Votes votes, Inference.Unit unit) {
        if (unit == Inference.Unit.BATTLE) {
            return OptionalInt.empty();
        }
        return switch (votes) {
            case Tally tally -> OptionalInt.empty();
            case Battles battles ->
                OptionalInt.of(
                        unit == Inference.Unit.ANNOTATOR
                                ? battles.annotators().size()
                                : battles.groups().size());
            case Rankings rankings ->
                OptionalInt.of((int) rankings.all().stream()
                        .map(Rankings.Ranking::annotator)
                        .distinct()
                        .count());
        };
    }

    /**
     * How to draw from these votes.
     *
     * @param countable whether drawn battles may be counted, because their order, times and covariates do not matter
     * @throws UserError if what is to be drawn is not known, or there is only one of it
     */
    static Resampling of(Votes votes, Inference.Unit unit, boolean countable) {
        return switch (votes) {
            case Tally tally -> ofCounts(tally, unit);
            case Battles battles -> ofBattles(battles, unit, countable);
            case Rankings rankings -> ofRankings(rankings, unit);
        };
    }

    private static Resampling ofCounts(Tally tally, Inference.Unit unit) {
        if (unit != Inference.Unit.BATTLE) {
            throw new UserError("counts of pairs do not contain who voted; a bootstrap by " + name(unit)
                    + " needs the battles one by one");
        }
        if (!tally.unweighted()) {
            throw new UserError("a bootstrap by battle needs the battles one by one where their weights differ");
        }
        int cells = tally.cells();
        double[] counts = new double[3 * cells];
        for (int c = 0; c < cells; c++) {
            counts[3 * c] = tally.leftWins(c);
            counts[3 * c + 1] = tally.rightWins(c);
            counts[3 * c + 2] = tally.ties(c);
        }
        Multinomial multinomial = Multinomial.of(counts);
        return random -> {
            double[][] drawn = new double[3][cells];
            multinomial.draw(random, (slot, times) -> drawn[slot % 3][slot / 3] += times);
            return tally.redrawn(drawn, drawn);
        };
    }

    private static Resampling ofBattles(Battles battles, Inference.Unit unit, boolean countable) {
        Tally whole = battles.tally();
        if (countable && unit == Inference.Unit.BATTLE && whole.unweighted()) {
            return ofCounts(whole, unit);
        }
        IndexSampler drawing = switch (unit) {
            case BATTLE -> IndexSampler.each(battles.count());
            case ANNOTATOR ->
                IndexSampler.clusters(battles.count(), battles.annotators().size(), battles::annotator, unit);
            case PROMPT ->
                IndexSampler.clusters(battles.count(), battles.groups().size(), battles::group, unit);
        };
        if (!countable) {
            // Battles keep their order: where it stands for time, a shuffled draw would rate another history.
            return random -> {
                int[] drawn = drawing.draw(random);
                Arrays.sort(drawn);
                return battles.picked(drawn);
            };
        }
        int[] slots = slots(battles, whole);
        return random -> {
            double[][] drawn = new double[3][whole.cells()];
            double[][] squares = new double[3][whole.cells()];
            for (int b : drawing.draw(random)) {
                double weight = battles.weight(b);
                drawn[slots[b] % 3][slots[b] / 3] += weight;
                squares[slots[b] % 3][slots[b] / 3] += weight * weight;
            }
            return whole.redrawn(drawn, squares);
        };
    }

    /** Where each battle is counted: three times its cell, and the outcome. */
    private static int[] slots(Battles battles, Tally tally) {
        long[] keys = IntStream.range(0, tally.cells())
                .mapToLong(c -> ((long) tally.left(c) << 32) | tally.right(c))
                .toArray();
        return IntStream.range(0, battles.count())
                .map(b -> {
                    int cell = Arrays.binarySearch(keys, ((long) battles.left(b) << 32) | battles.right(b));
                    Outcome outcome = battles.outcome(b);
                    return 3 * cell + Tally.row(outcome);
                })
                .toArray();
    }

    private static Resampling ofRankings(Rankings rankings, Inference.Unit unit) {
        List<Rankings.Ranking> all = rankings.all();
        // A ranking of weight 3 is three voters.
        int[] voters = IntStream.range(0, all.size())
                .flatMap(r -> IntStream.range(
                                0, Math.max(1, (int) Math.round(all.get(r).weight())))
                        .map(v -> r))
                .toArray();
        List<String> annotators = all.stream()
                .map(Rankings.Ranking::annotator)
                .distinct()
                .sorted()
                .toList();
        IndexSampler drawing = unit == Inference.Unit.BATTLE
                ? IndexSampler.each(voters.length)
                : IndexSampler.clusters(
                        voters.length,
                        annotators.size(),
                        v -> annotators.indexOf(all.get(voters[v]).annotator()),
                        unit);
        return random -> {
            int[] times = new int[all.size()];
            for (int v : drawing.draw(random)) {
                times[voters[v]]++;
            }
            List<Rankings.Ranking> drawn = new ArrayList<>();
            for (int r = 0; r < times.length; r++) {
                if (times[r] > 0) {
                    Rankings.Ranking one = all.get(r);
                    double share = one.weight() / Math.max(1, Math.round(one.weight()));
                    drawn.add(new Rankings.Ranking(one.blocks(), one.open(), times[r] * share, one.annotator()));
                }
            }
            return rankings.with(drawn);
        };
    }

    private static String name(Inference.Unit unit) {
        return unit.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Indexes drawn with replacement. */
    @FunctionalInterface
    interface IndexSampler {
        int[] draw(SplittableRandom random);

        static IndexSampler each(int count) {
            return random -> {
                int[] drawn = new int[count];
                for (int k = 0; k < count; k++) {
                    drawn[k] = random.nextInt(count);
                }
                return drawn;
            };
        }

        static IndexSampler clusters(int count, int clusters, IntUnaryOperator of, Inference.Unit unit) {
            if (clusters < 2) {
                throw new UserError("a bootstrap by " + name(unit) + " needs two of them or more; there "
                        + (clusters == 1 ? "is one" : "are none") + " in the votes: name the column with --"
                        + name(unit));
            }
            int[][] members = new int[clusters][];
            int[] sizes = new int[clusters];
            IntStream.range(0, count).map(of).forEach(c -> sizes[c]++);
            for (int c = 0; c < clusters; c++) {
                members[c] = new int[sizes[c]];
            }
            for (int b = count - 1; b >= 0; b--) {
                int c = of.applyAsInt(b);
                members[c][--sizes[c]] = b;
            }
            return random -> IntStream.range(0, clusters)
                    .map(k -> random.nextInt(clusters))
                    .boxed()
                    .flatMapToInt(c -> Arrays.stream(members[c]))
                    .toArray();
        }
    }
}
