package org.thurstone.rank.audit;

import java.util.List;
import java.util.Locale;
import org.thurstone.data.Count;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.pairs.BattleInfluence;

/**
 * Whether the order survives without the advantage of being shown first: the number of pairs that it turns over, as {@link OrderChange} counts them.
 *
 * @param threshold the largest number that is no flag
 */
record FirstPositionOrder(double threshold) implements Probe {

    @Override
    public String name() {
        return "first-order";
    }

    @Override
    public String question() {
        return "Pairs that turn over without the advantage of being shown first";
    }

    @Override
    public Probe withThreshold(double other) {
        return new FirstPositionOrder(other);
    }

    @Override
    public boolean tested() {
        return true;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        FirstPosition.requirePositions(fit.battles());
        List<BattleInfluence> fits = FirstPosition.fits(votes);
        OrderChange change = OrderChange.between(fits.getFirst(), fits.getLast(), fit, votes, "");
        return Finding.of(
                this,
                change.reversed().size(),
                change.reversed().size(),
                change.possible(),
                change.reversed().size() > threshold,
                String.format(
                        Locale.ROOT,
                        "%s, %d of them neighbours, and %s the place, if the advantage of being shown first is taken"
                                + " out.",
                        Count.of(change.reversed().size(), "pair turns over", "pairs turn over"),
                        change.neighbours(),
                        Count.of(change.moved(), "item changes", "items change")),
                change.reversed());
    }
}
