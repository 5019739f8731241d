package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thurstone.data.Count;
import org.thurstone.rank.audit.Finding.Detail;

/**
 * Whether chains of battles connect all items: the share of items in the largest group that they connect. It is exact.
 *
 * @param threshold the smallest share that is no flag, in [0, 1]
 */
record Connectivity(double threshold) implements Probe {

    private static final int NAMED = 8;

    @Override
    public String name() {
        return "connected";
    }

    @Override
    public String question() {
        return "Items in the largest group that battles connect";
    }

    @Override
    public Probe withThreshold(double other) {
        return new Connectivity(other);
    }

    @Override
    public boolean tested() {
        return false;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        List<List<Integer>> groups = votes.met();
        int items = votes.all().items().size();
        double share = (double) groups.getFirst().size() / items;
        List<Detail> details = new ArrayList<>();
        if (groups.size() > 1) {
            groups.forEach(group -> details.add(Detail.exact(names(votes, group), group.size())));
        }
        StringBuilder sentence = new StringBuilder(
                groups.size() == 1
                        ? "Chains of battles connect all " + Count.of(items, "item") + "."
                        : String.format(
                                Locale.ROOT,
                                "The items are in %d groups that never met, so that no rating of one can be compared"
                                        + " with one of another.",
                                groups.size()));
        if (votes.kept().size() < items) {
            sentence.append(String.format(
                    Locale.ROOT,
                    " The other probes look at %s of %d, the largest set of items that the votes make comparable.",
                    Count.of(votes.kept().size(), "item"),
                    items));
        }
        return Finding.of(this, share, share, share, share < threshold, sentence.toString(), details);
    }

    private static String names(AuditedVotes votes, List<Integer> group) {
        String shown = group.stream().limit(NAMED).map(votes.all().items()::get).collect(Collectors.joining(", "));
        return group.size() > NAMED ? shown + " and " + (group.size() - NAMED) + " more" : shown;
    }
}
