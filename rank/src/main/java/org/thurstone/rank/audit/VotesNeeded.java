package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.thurstone.data.Count;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.statistics.Logistic;
import org.thurstone.statistics.Normal;

/**
 * How many further votes on an open pair of neighbours would separate it with a power of 80 %, if its difference is as estimated: the number for the
 * pair that needs the fewest. The interval goes by that of the difference; it has no upper end where the items may be equal.
 *
 * @param threshold the largest number that is no flag, as a multiple of the votes so far
 */
record VotesNeeded(double threshold) implements Probe {

    private static final double POWER = 0.8;

    @Override
    public String name() {
        return "votes-needed";
    }

    @Override
    public String question() {
        return "Further votes that would separate an open pair of neighbours";
    }

    @Override
    public Probe withThreshold(double other) {
        return new VotesNeeded(other);
    }

    @Override
    public boolean tested() {
        return false;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        double most = threshold * fit.battles().count();
        List<int[]> pairs = fit.neighbours();
        double critical = fit.errors().critical(pairs, votes.level());
        double alone = AuditedVotes.quantile(votes.level(), 1);
        List<Detail> open = new ArrayList<>();
        for (int[] pair : pairs) {
            double gap = fit.gap(pair);
            double error = fit.error(pair);
            if (gap <= critical * error) {
                open.add(new Detail(
                        fit.name(pair[0]) + " over " + fit.name(pair[1]),
                        needed(gap, error, critical),
                        needed(gap + alone * error, error, critical),
                        needed(Math.max(0, gap - alone * error), error, critical),
                        ""));
            }
        }
        if (open.isEmpty()) {
            return Finding.of(this, 0, 0, 0, false, "No pair of neighbours is open.", List.of())
                    .withThreshold(most);
        }
        open.sort(Comparator.comparingDouble(Detail::figure));
        Detail first = open.getFirst();
        return Finding.of(
                        this,
                        first.figure(),
                        first.low(),
                        first.high(),
                        first.figure() > most,
                        Double.isInfinite(first.figure())
                                ? "No number of votes would separate an open pair: the two have the same rating."
                                : String.format(
                                        Locale.ROOT,
                                        "%s; %s needs the fewest votes: about %,.0f between the two would separate them with a"
                                                + " power of 80 %%, if the difference is as estimated.",
                                        Count.of(
                                                open.size(),
                                                "pair of neighbours is open",
                                                "pairs of neighbours are open"),
                                        first.what(),
                                        first.figure()),
                        open)
                .withThreshold(most);
    }

    /**
     * The number of votes between two items that make their standard error small enough.
     *
     * @param error the standard error of the difference now
     * @param critical how many standard errors a difference has to have
     */
    static double needed(double gap, double error, double critical) {
        double wanted = gap / (critical + Normal.quantile(POWER));
        if (!(wanted > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double perVote = Logistic.sigmoid(gap) * Logistic.sigmoid(-gap);
        return Math.max(0, Math.ceil((1 / (wanted * wanted) - 1 / (error * error)) / perVote));
    }
}
