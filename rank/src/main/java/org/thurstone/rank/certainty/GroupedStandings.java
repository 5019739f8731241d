package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.rank.Standing;

/** Standings of items that may fall into groups whose ratings cannot be compared, and the remarks about them. */
public record GroupedStandings(List<String> items, Groups groups) {

    private static final int NAMED = 5;

    /**
     * The best first: by group, then by rating. An item's rank is one more than the items that are known to be above it. The rating of an
     * item that is alone in its group says nothing and is left out.
     *
     * @param low and high are NaN where there is no interval
     * @param places empty where they are not known: then every place is possible
     */
    public List<Standing> standings(double[] strengths, double[] low, double[] high, Optional<Places> places) {
        int n = items.size();
        int[] group = groups.of();
        List<Integer> order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> group[i])
                        .thenComparingDouble(i -> -strengths[i])
                        .thenComparing(items::get))
                .toList();
        List<Standing> standings = new ArrayList<>();
        for (int i : order) {
            int above = (int) IntStream.range(0, n)
                    .filter(j -> groups.above(j, i) || (group[i] == group[j] && strengths[j] > strengths[i]))
                    .count();
            standings.add(new Standing(
                    items.get(i),
                    alone(i) ? Double.NaN : strengths[i],
                    alone(i) ? Double.NaN : low[i],
                    alone(i) ? Double.NaN : high[i],
                    above + 1,
                    1 + places.map(p -> p.better()[i]).orElse(0),
                    n - places.map(p -> p.worse()[i]).orElse(0),
                    group[i]));
        }
        return standings;
    }

    private boolean alone(int item) {
        return groups.count() > 1 && groups.members(groups.of()[item]).size() == 1;
    }

    /** Sentences on what the votes do not identify; empty if everything is identified. */
    public List<String> remarks() {
        if (groups.count() < 2) {
            return List.of();
        }
        List<String> remarks = new ArrayList<>();
        List<String> apart = new ArrayList<>();
        List<String> unbeaten = new ArrayList<>();
        List<String> winless = new ArrayList<>();
        for (int g = 0; g < groups.count(); g++) {
            int group = g;
            boolean top = groups.below().stream().noneMatch(below -> below.get(group));
            boolean bottom = groups.below().get(g).isEmpty();
            List<String> members = groups.members(g).stream().map(items::get).toList();
            (top && bottom ? apart : top ? unbeaten : bottom ? winless : new ArrayList<String>()).addAll(members);
        }
        say(apart, "no chain of comparisons leads from %s to the others; how they compare is not known", remarks);
        say(unbeaten, "%s never lost to the others, which leaves no finite distance to those below", remarks);
        say(winless, "%s never won against the others, which leaves no finite distance to those above", remarks);
        remarks.add("The votes leave " + groups.count()
                + " groups of items whose ratings cannot be compared with each other's: within a group ratings are"
                + " sound, and a rating of an item that is alone is left out. A prior makes all comparable:"
                + " --set ridge=0.1");
        return remarks;
    }

    private static void say(List<String> who, String what, List<String> into) {
        if (!who.isEmpty()) {
            into.add(String.format(Locale.ROOT, what, named(who)));
        }
    }

    private static String named(List<String> names) {
        String shown =
                names.stream().limit(NAMED).reduce((a, b) -> a + ", " + b).orElse("");
        return names.size() <= NAMED ? shown : shown + " and " + (names.size() - NAMED) + " more";
    }
}
