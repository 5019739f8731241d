package org.thurstone.rank.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.thurstone.rank.Battles;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;

/**
 * How unevenly battles are spread over items: the Gini coefficient of battles per item, 0 if all have the same number. It is exact.
 *
 * @param threshold the largest coefficient that is no flag, in [0, 1]
 */
record BattleSpread(double threshold) implements Probe {

    @Override
    public String name() {
        return "spread";
    }

    @Override
    public String question() {
        return "Unevenness of battles per item (Gini coefficient)";
    }

    @Override
    public Probe withThreshold(double other) {
        return new BattleSpread(other);
    }

    @Override
    public boolean tested() {
        return false;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        long[] counts = counts(fit.battles());
        double gini = gini(counts);
        int n = counts.length;
        long met = fit.battles().tally().folded().cells();
        List<Detail> details = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Long.compare(counts[a], counts[b]))
                .map(i -> Detail.exact(fit.name(i), (double) counts[i]))
                .toList();
        return Finding.of(
                this,
                gini,
                gini,
                gini,
                gini > threshold,
                String.format(
                        Locale.ROOT,
                        "The items have between %,d and %,d battles; %,d of %,d possible pairs met.",
                        Arrays.stream(counts).min().orElseThrow(),
                        Arrays.stream(counts).max().orElseThrow(),
                        met,
                        (long) n * (n - 1) / 2),
                details);
    }

    /** The number of battles of each item. */
    static long[] counts(Battles battles) {
        long[] counts = new long[battles.items().size()];
        for (int b = 0; b < battles.count(); b++) {
            counts[battles.left(b)]++;
            counts[battles.right(b)]++;
        }
        return counts;
    }

    private static double gini(long[] counts) {
        long[] sorted = counts.clone();
        Arrays.sort(sorted);
        double weighted = 0;
        double total = 0;
        for (int k = 0; k < sorted.length; k++) {
            weighted += (2.0 * (k + 1) - sorted.length - 1) * sorted[k];
            total += sorted[k];
        }
        return weighted / (sorted.length * total);
    }
}
