package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.statistics.Quantiles;

/**
 * The share of neighbours that the votes do not separate. Two items are separated if the interval of their difference excludes zero; overlapping
 * intervals of the items themselves would be another question. The intervals hold for all neighbours together. The interval of the figure is what
 * as many votes again would give, if the ratings were right.
 *
 * @param threshold the largest share that is no flag, in [0, 1]
 */
record NeighbourSeparation(double threshold) implements Probe {

    private static final int REPEATS = 200;

    @Override
    public String name() {
        return "neighbours";
    }

    @Override
    public String question() {
        return "Neighbours that the votes do not separate";
    }

    @Override
    public Probe withThreshold(double other) {
        return new NeighbourSeparation(other);
    }

    @Override
    public boolean tested() {
        return false;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        List<int[]> pairs = fit.neighbours();
        double together = fit.errors().critical(pairs, votes.level());
        double alone = AuditedVotes.quantile(votes.level(), 1);
        List<Detail> details = new ArrayList<>();
        int separated = 0;
        int separatedAlone = 0;
        for (int[] pair : pairs) {
            double gap = fit.gap(pair);
            double error = fit.error(pair);
            separated += gap > together * error ? 1 : 0;
            separatedAlone += gap > alone * error ? 1 : 0;
            details.add(new Detail(
                    fit.name(pair[0]) + " over " + fit.name(pair[1]),
                    gap,
                    gap - together * error,
                    gap + together * error,
                    gap > together * error ? "separated" : gap > alone * error ? "separated one at a time" : "open"));
        }
        double[] again = again(fit, together);
        double open = 1 - (double) separated / pairs.size();
        return Finding.of(
                this,
                open,
                Quantiles.interpolated(again, (1 - votes.level()) / 2),
                Quantiles.interpolated(again, (1 + votes.level()) / 2),
                open > threshold,
                String.format(
                        Locale.ROOT,
                        "The interval of the difference separates %d of %d pairs of neighbours, all together (%d one"
                                + " at a time).",
                        separated,
                        pairs.size(),
                        separatedAlone),
                details);
    }

    /** The figure for ratings with a further drawn error, in ascending order. */
    private static double[] again(Fit fit, double critical) {
        double[][] draws = fit.errors().draws();
        int n = fit.ratings().length;
        return IntStream.range(0, Math.min(REPEATS, draws.length))
                .mapToDouble(d -> {
                    double[] ratings = IntStream.range(0, n)
                            .mapToDouble(i -> fit.ratings()[i] + draws[d][i])
                            .toArray();
                    int[] order = IntStream.range(0, n)
                            .boxed()
                            .sorted((a, b) -> Double.compare(ratings[b], ratings[a]))
                            .mapToInt(Integer::intValue)
                            .toArray();
                    long open = IntStream.range(0, n - 1)
                            .filter(k -> ratings[order[k]] - ratings[order[k + 1]]
                                    <= critical * fit.errors().of(order[k], order[k + 1]))
                            .count();
                    return (double) open / (n - 1);
                })
                .sorted()
                .toArray();
    }
}
