package org.thurstone.rank.audit;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.thurstone.data.Count;
import org.thurstone.rank.audit.Finding.Detail;

/**
 * The number of battles of the item that has the fewest. It is exact.
 *
 * @param threshold the smallest number that is no flag
 */
record FewestBattles(double threshold) implements Probe {

    @Override
    public String name() {
        return "battles";
    }

    @Override
    public String question() {
        return "Battles of the item that has the fewest";
    }

    @Override
    public Probe withThreshold(double other) {
        return new FewestBattles(other);
    }

    @Override
    public boolean tested() {
        return false;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        long[] counts = BattleSpread.counts(votes.all());
        List<Detail> few = IntStream.range(0, counts.length)
                .filter(i -> counts[i] < threshold)
                .boxed()
                .sorted((a, b) -> Long.compare(counts[a], counts[b]))
                .map(i -> Detail.exact(votes.all().items().get(i), (double) counts[i]))
                .toList();
        int fewest = IntStream.range(0, counts.length).reduce(0, (a, b) -> counts[b] < counts[a] ? b : a);
        return Finding.of(
                this,
                (double) counts[fewest],
                (double) counts[fewest],
                (double) counts[fewest],
                counts[fewest] < threshold,
                String.format(
                        Locale.ROOT,
                        "%s has %s, the fewest; %s fewer than %.0f.",
                        votes.all().items().get(fewest),
                        Count.of(counts[fewest], "battle"),
                        Count.of(few.size(), "item has", "items have"),
                        threshold),
                few);
    }
}
