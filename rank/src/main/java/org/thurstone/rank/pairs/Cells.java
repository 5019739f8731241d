package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Groups;

/**
 * What a pair likelihood adds up: comparisons of a left and a right item with like covariates, and how much weight each outcome has. Of
 * counted votes a cell is an ordered pair; of battles with covariates or ages each battle is one.
 *
 * @param weights a row each for left, right and neither
 * @param squares the same of squared weights
 * @param covariates their names; the home advantage, one everywhere, is among them
 * @param values a row of covariates for each cell
 */
record Cells(
        List<String> items,
        int[] left,
        int[] right,
        double[][] weights,
        double[][] squares,
        List<String> covariates,
        double[] values) {

    static final String HOME = "home advantage";

    private static final List<Outcome> COUNTED = List.of(Outcome.LEFT, Outcome.RIGHT, Outcome.TIE);

    private static final double SECONDS_A_DAY = 86_400;

    /**
     * @param home whether the left one may have an advantage
     * @param halfLife in days, after which a battle counts half; infinite where age does not matter
     */
    static Cells of(Votes votes, boolean home, double halfLife) {
        if (votes instanceof Battles battles && (!battles.covariates().isEmpty() || Double.isFinite(halfLife))) {
            return ofBattles(battles, home, halfLife);
        }
        Tally tally = votes.tally();
        return home ? ofOrdered(tally) : ofUnordered(tally);
    }

    private static Cells ofOrdered(Tally tally) {
        int n = tally.cells();
        double[] values = new double[n];
        Arrays.fill(values, 1);
        return new Cells(
                tally.items(),
                IntStream.range(0, n).map(tally::left).toArray(),
                IntStream.range(0, n).map(tally::right).toArray(),
                rows(n, tally::weight),
                rows(n, tally::squares),
                List.of(HOME),
                values);
    }

    /** Where sides do not matter, a pair is one cell whichever way round it met: half the work. */
    private static Cells ofUnordered(Tally tally) {
        int n = tally.cells();
        long[] keys = IntStream.range(0, n)
                .mapToLong(c -> key(tally, c))
                .sorted()
                .distinct()
                .toArray();
        double[][] weights = new double[3][keys.length];
        double[][] squares = new double[3][keys.length];
        for (int c = 0; c < n; c++) {
            int pair = Arrays.binarySearch(keys, key(tally, c));
            for (Outcome outcome : COUNTED) {
                boolean straight = tally.left(c) < tally.right(c);
                int row = Tally.row(straight ? outcome : outcome.swapped());
                weights[row][pair] += tally.weight(outcome, c);
                squares[row][pair] += tally.squares(outcome, c);
            }
        }
        return new Cells(
                tally.items(),
                Arrays.stream(keys).mapToInt(k -> (int) (k >>> 32)).toArray(),
                Arrays.stream(keys).mapToInt(k -> (int) k).toArray(),
                weights,
                squares,
                List.of(),
                new double[0]);
    }

    private static long key(Tally tally, int cell) {
        int low = Math.min(tally.left(cell), tally.right(cell));
        int high = Math.max(tally.left(cell), tally.right(cell));
        return ((long) low << 32) | high;
    }

    private interface Entry {
        double of(Outcome outcome, int cell);
    }

    private static double[][] rows(int n, Entry entry) {
        return COUNTED.stream()
                .map(o -> IntStream.range(0, n).mapToDouble(c -> entry.of(o, c)).toArray())
                .toArray(double[][]::new);
    }

    private static Cells ofBattles(Battles battles, boolean home, double halfLife) {
        int n = battles.count();
        int given = battles.covariates().size();
        int width = given + (home ? 1 : 0);
        double now = IntStream.range(0, n).mapToDouble(battles::time).max().orElse(0);
        double[][] weights = new double[3][n];
        double[][] squares = new double[3][n];
        double[] values = new double[n * width];
        for (int b = 0; b < n; b++) {
            double fade = Double.isFinite(halfLife)
                    ? Math.exp(-Math.log(2) * (now - battles.time(b)) / SECONDS_A_DAY / halfLife)
                    : 1;
            double weight = battles.weight(b) * fade;
            int row = Tally.row(battles.outcome(b));
            weights[row][b] = weight;
            squares[row][b] = weight * weight;
            for (int k = 0; k < given; k++) {
                values[b * width + k] = battles.covariate(b, k);
            }
            if (home) {
                values[b * width + given] = 1;
            }
        }
        List<String> names = home
                ? Stream.concat(battles.covariates().stream(), Stream.of(HOME)).toList()
                : battles.covariates();
        return new Cells(
                battles.items(),
                IntStream.range(0, n).map(battles::left).toArray(),
                IntStream.range(0, n).map(battles::right).toArray(),
                weights,
                squares,
                names,
                values);
    }

    int count() {
        return left.length;
    }

    /** What of the strengths these votes determine. */
    Groups groups() {
        List<List<Integer>> beats = new ArrayList<>();
        items.forEach(item -> beats.add(new ArrayList<>()));
        for (int c = 0; c < count(); c++) {
            boolean tied = weights[2][c] > 0;
            if (tied || weights[0][c] > 0) {
                beats.get(left[c]).add(right[c]);
            }
            if (tied || weights[1][c] > 0) {
                beats.get(right[c]).add(left[c]);
            }
        }
        return Groups.of(beats);
    }

    /** The weight of all that neither won. */
    double ties() {
        return Arrays.stream(weights[2]).sum();
    }

    double total() {
        return Arrays.stream(weights).flatMapToDouble(Arrays::stream).sum();
    }

    /** Only the cells within one group: between groups every finite likelihood can be bettered, and in the limit they say nothing more. */
    Cells within(int[] group) {
        int[] kept = IntStream.range(0, count())
                .filter(c -> group[left[c]] == group[right[c]])
                .toArray();
        if (kept.length == count()) {
            return this;
        }
        int width = covariates.size();
        double[] rows = new double[kept.length * width];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(values, kept[i] * width, rows, i * width, width);
        }
        return new Cells(
                items,
                Arrays.stream(kept).map(c -> left[c]).toArray(),
                Arrays.stream(kept).map(c -> right[c]).toArray(),
                picked(weights, kept),
                picked(squares, kept),
                covariates,
                rows);
    }

    private static double[][] picked(double[][] rows, int[] kept) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(kept).mapToDouble(c -> row[c]).toArray())
                .toArray(double[][]::new);
    }
}
