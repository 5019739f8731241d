package org.thurstone.rank.pairs;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.thurstone.rank.DifferenceErrors;

/**
 * The errors of a board of more items than a dense matrix is made for. The variance of one difference takes the solution of one sparse system; of a
 * rating alone it was estimated with {@link DrawnErrors}.
 *
 * @param system solves for the items of the fit; made when it is needed, since it is as large as the pairs
 * @param index of each rated item in the fit
 * @param variances of the ratings of the rated items, in the unit of the fit
 * @param raised what the variance of an item was raised by because its results are few; in the same unit
 * @param scale how many units of the board are one of the fit
 * @param errors drawn errors of the rated items, a row of draws each, in the unit of the fit; empty if they were not kept
 */
record SolvedErrors(
        Supplier<PairVariances> system,
        List<String> items,
        int[] index,
        double[] ratings,
        int[] group,
        double[] variances,
        double[] raised,
        double scale,
        Optional<double[][]> errors)
        implements DifferenceErrors {

    @Override
    public double variance(int item) {
        return scale * scale * variances[item];
    }

    @Override
    public double variance(int item, int other) {
        return variances(new int[] {item}, new int[] {other})[0];
    }

    @Override
    public double[] variances(int[] item, int[] other) {
        double[] solved = system.get().ofDifferences(at(item), at(other));
        return IntStream.range(0, solved.length)
                .mapToDouble(
                        k -> item[k] == other[k] ? 0 : scale * scale * (solved[k] + raised[item[k]] + raised[other[k]]))
                .toArray();
    }

    private int[] at(int[] items) {
        return IntStream.of(items).map(i -> index[i]).toArray();
    }

    @Override
    public Optional<double[][]> drawn() {
        return errors.map(all -> IntStream.range(0, all.length)
                .mapToObj(i -> IntStream.range(0, all[i].length)
                        .mapToDouble(d -> scale * all[i][d])
                        .toArray())
                .toArray(double[][]::new));
    }

    @Override
    public SolvedErrors scaled(double factor, double origin) {
        double[] moved = IntStream.range(0, ratings.length)
                .mapToDouble(i -> origin + factor * ratings[i])
                .toArray();
        return new SolvedErrors(system, items, index, moved, group, variances, raised, factor * scale, errors);
    }

    @Override
    public SolvedErrors with(double[] moved) {
        return new SolvedErrors(system, items, index, moved, group, variances, raised, scale, errors);
    }
}
