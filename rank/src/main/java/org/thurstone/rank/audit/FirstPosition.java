package org.thurstone.rank.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.pairs.BattleInfluence;

/**
 * What it is worth to be shown first: the advantage of the left item, in log-odds.
 *
 * @param threshold the largest advantage or disadvantage that is no flag; 0.05 is about one percentage point between equal items
 */
record FirstPosition(double threshold) implements Probe {

    private static final double BOTH_WAYS = 0.2;
    private static final double SORTED = 0.95;

    @Override
    public String name() {
        return "first";
    }

    @Override
    public String question() {
        return "Advantage of being shown first (log-odds)";
    }

    @Override
    public Probe withThreshold(double other) {
        return new FirstPosition(other);
    }

    @Override
    public boolean tested() {
        return true;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        requirePositions(fit.battles());
        BattleInfluence with = fits(votes).getLast();
        int home = with.home();
        double worth = with.parameter(home);
        double error = Math.sqrt(with.covariance(fit.unit())[home][home]);
        double half = AuditedVotes.quantile(votes.levelPerTest(), 1) * error;
        double first = 0;
        double decided = 0;
        for (int b = 0; b < fit.battles().count(); b++) {
            Outcome outcome = fit.battles().outcome(b);
            first += outcome == Outcome.LEFT ? fit.battles().weight(b) : 0;
            decided += outcome.left() == 0.5 ? 0 : fit.battles().weight(b);
        }
        return Finding.of(
                this,
                worth,
                worth - half,
                worth + half,
                Math.abs(worth) > threshold && Math.abs(worth) > half,
                String.format(
                        Locale.ROOT,
                        "Being shown first is worth %.3f in log-odds; the item shown first wins %.1f %% of decided"
                                + " battles.",
                        worth,
                        100 * first / decided),
                List.of());
    }

    /** The fit without an advantage of the left item, and the one with it. */
    static List<BattleInfluence> fits(AuditedVotes votes) {
        Fit fit = votes.fit();
        boolean home = votes.model().home();
        BattleInfluence other = BattleInfluence.of(votes.model().withHome(!home), fit.battles(), b -> true);
        return home ? List.of(other, fit.influence()) : List.of(fit.influence(), other);
    }

    /** Throws where left and right do not say who was shown first, or it cannot be told from who met whom. */
    static void requirePositions(Battles battles) {
        Map<Long, Integer> ways = new HashMap<>();
        double sorted = 0;
        for (int b = 0; b < battles.count(); b++) {
            int left = battles.left(b);
            int right = battles.right(b);
            long pair = ((long) Math.min(left, right) << 32) | Math.max(left, right);
            ways.merge(pair, left < right ? 1 : 2, (x, y) -> x | y);
            sorted += left < right ? 1 : 0;
        }
        double both = ways.values().stream().filter(way -> way == 3).count() / (double) ways.size();
        double share = Math.max(sorted, battles.count() - sorted) / battles.count();
        if (share > SORTED) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "in %.0f %% of the battles the left item is the %s in alphabetical order, so that the columns do"
                            + " not say which was shown first",
                    100 * share,
                    sorted > battles.count() - sorted ? "first" : "last"));
        }
        if (both < BOTH_WAYS) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "only %.0f %% of the pairs were shown both ways, so that the worth of the first position cannot be"
                            + " told from that of the items",
                    100 * both));
        }
    }
}
