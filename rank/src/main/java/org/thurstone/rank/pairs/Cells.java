package org.thurstone.rank.pairs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.certainty.UnionFind;

/**
 * The data of a pair likelihood: comparisons of a left and a right item with like covariates, and how much weight each outcome has. Of
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

    static final String HOME = Battles.HOME_ADVANTAGE;

    static final double SECONDS_A_DAY = 86_400;

    /**
     * @param home whether the left one may have an advantage
     * @param halfLife in days, after which a battle counts half; infinite where age does not matter
     */
    static Cells of(Votes votes, boolean home, double halfLife) {
        if (votes instanceof Battles battles && (!battles.covariates().isEmpty() || Double.isFinite(halfLife))) {
            // Where it is known who was at home, the advantage is one covariate among others.
            return ofBattles(battles, home && !battles.covariates().contains(HOME), halfLife);
        }
        Tally tally = votes.tally();
        return home ? ofOrdered(tally) : ofUnordered(tally);
    }

    private static Cells ofOrdered(Tally tally) {
        double[] values = new double[tally.cells()];
        Arrays.fill(values, 1);
        return of(tally, List.of(HOME), values);
    }

    /** Where sides do not matter, a pair is one cell whichever way round it met: half the work. */
    private static Cells ofUnordered(Tally tally) {
        return of(tally.folded(), List.of(), new double[0]);
    }

    private static Cells of(Tally tally, List<String> covariates, double[] values) {
        Tally.Columns all = tally.columns();
        return new Cells(tally.items(), all.left(), all.right(), all.weights(), all.squares(), covariates, values);
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

    /**
     * Whether all strengths are surely comparable: pairs of which each beat the other connect all items. It is quick, and where it says no,
     * {@link #groups} may still find them in one.
     */
    boolean surelyTogether() {
        UnionFind joined = new UnionFind(items.size());
        for (int c = 0; c < count() && joined.parts() > 1; c++) {
            if (weights[2][c] > 0 || (weights[0][c] > 0 && weights[1][c] > 0)) {
                joined.join(left[c], right[c]);
            }
        }
        return joined.parts() == 1;
    }

    /** What of the strengths these votes determine. */
    Groups groups() {
        return Groups.of(items.size(), left, right, weights);
    }

    /**
     * The standard deviation of a covariate over the battles, about zero: which side is left is chance, and about the mean it would depend on it.
     */
    double deviation(int covariate) {
        double squares = 0;
        int width = covariates.size();
        for (int c = 0; c < count(); c++) {
            double weight = weights[0][c] + weights[1][c] + weights[2][c];
            double value = values[c * width + covariate];
            squares += weight * value * value;
        }
        double total = total();
        return total > 0 ? Math.sqrt(squares / total) : 0;
    }

    /** The weight of all that neither won. */
    double ties() {
        return Arrays.stream(weights[2]).sum();
    }

    double total() {
        return Arrays.stream(weights).flatMapToDouble(Arrays::stream).sum();
    }

    /** Only the cells within one group: between groups every finite likelihood can be bettered, and in the limit they say nothing more. */
    @SuppressWarnings("ReferenceEquality") // squares that are the weights are kept once
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
        double[][] keptWeights = picked(weights, kept);
        return new Cells(
                items,
                Arrays.stream(kept).map(c -> left[c]).toArray(),
                Arrays.stream(kept).map(c -> right[c]).toArray(),
                keptWeights,
                squares == weights ? keptWeights : picked(squares, kept),
                covariates,
                rows);
    }

    private static double[][] picked(double[][] rows, int[] kept) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(kept).mapToDouble(c -> row[c]).toArray())
                .toArray(double[][]::new);
    }
}
