package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.rank.RankOrder;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.Standing;

/** Standings of items that may fall into groups whose ratings cannot be compared, and the remarks about them. */
public record GroupedStandings(List<String> items, Groups groups) {

    private static final int NAMED = 5;

    /**
     * The largest group first, then the others, within a group by rating: the first lines show what the votes determine. Where a
     * group holds several items, ranks are those within the group, and an item that is alone has none. Where every item is alone, a rank is one
     * more than the items that are known to be above. The rating of an item that is alone in its group says nothing and is left out.
     *
     * @param low and high are NaN where there is no interval
     * @param places empty where they are not known
     */
    public List<Standing> standings(double[] strengths, double[] low, double[] high, Optional<Places> places) {
        int n = items.size();
        int[] group = shown();
        int[] above = above();
        boolean sound = Arrays.stream(groups.sizes()).anyMatch(size -> size > 1);
        List<List<Integer>> members = new ArrayList<>();
        groups.below().forEach(any -> members.add(new ArrayList<>()));
        IntStream.range(0, n).forEach(i -> members.get(group[i]).add(i));
        List<Standing> standings = new ArrayList<>();
        for (List<Integer> together : members) {
            boolean alone = groups.count() > 1 && together.size() == 1;
            int place = 1;
            for (List<Integer> equal : RankOrder.blocks(together, strengths, items)) {
                for (int i : equal) {
                    standings.add(new Standing(
                            items.get(i),
                            alone ? Double.NaN : strengths[i],
                            alone ? Double.NaN : low[i],
                            alone ? Double.NaN : high[i],
                            !alone ? place : sound ? 0 : 1 + above[groups.of()[i]],
                            alone ? 0 : places.map(p -> 1 + p.better()[i]).orElse(0),
                            alone
                                    ? 0
                                    : places.map(p -> together.size() - p.worse()[i])
                                            .orElse(0),
                            group[i]));
                }
                place += equal.size();
            }
        }
        return standings;
    }

    /** How many items are known to be above each group. */
    private int[] above() {
        int[] sizes = groups.sizes();
        int[] above = new int[sizes.length];
        for (int g = 0; g < sizes.length; g++) {
            int size = sizes[g];
            groups.below().get(g).stream().forEach(below -> above[below] += size);
        }
        return above;
    }

    /** The group of each item, numbered by size, the largest first; of one size as before, those that beat others first. */
    private int[] shown() {
        int[] sizes = groups.sizes();
        int[] number = new int[groups.count()];
        List<Integer> bySize = IntStream.range(0, groups.count())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(g -> -sizes[g]).thenComparingInt(g -> g))
                .toList();
        for (int k = 0; k < number.length; k++) {
            number[bySize.get(k)] = k;
        }
        return Arrays.stream(groups.of()).map(g -> number[g]).toArray();
    }

    /** The same standings with the places that each item may have alone; an item without a rating has none. */
    public List<Standing> withPlacesAlone(List<Standing> standings, Places alone) {
        Map<String, Integer> index = new HashMap<>();
        items.forEach(item -> index.put(item, index.size()));
        int[] sizes = groups.sizes();
        return standings.stream()
                .map(s -> {
                    int i = index.getOrDefault(s.item(), 0);
                    return Double.isNaN(s.rating())
                            ? s
                            : s.with(s.evidence()
                                    .withPlaces(1 + alone.better()[i], sizes[groups.of()[i]] - alone.worse()[i]));
                })
                .toList();
    }

    /** The items that have a rating: all but those that are alone in their group. */
    public int[] rated() {
        int[] sizes = groups.sizes();
        return IntStream.range(0, items.size())
                .filter(i -> sizes.length == 1 || sizes[groups.of()[i]] > 1)
                .toArray();
    }

    /** The errors of the items that have a rating. */
    public RatingErrors errors(double[] ratings, double[][] covariance) {
        int[] rated = rated();
        return new RatingErrors(
                Arrays.stream(rated).mapToObj(items::get).toList(),
                Arrays.stream(rated).mapToDouble(i -> ratings[i]).toArray(),
                Arrays.stream(rated)
                        .mapToObj(i -> Arrays.stream(rated)
                                .mapToDouble(j -> covariance[i][j])
                                .toArray())
                        .toArray(double[][]::new),
                Arrays.stream(rated).map(i -> groups.of()[i]).toArray());
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
        BitSet beaten = new BitSet();
        groups.below().forEach(beaten::or);
        int[] byGroup = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> groups.of()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i : byGroup) {
            int g = groups.of()[i];
            boolean top = !beaten.get(g);
            boolean bottom = groups.below().get(g).isEmpty();
            (top && bottom ? apart : top ? unbeaten : bottom ? winless : new ArrayList<String>()).add(items.get(i));
        }
        say(apart, "no chain of comparisons leads from %s to the others; how they compare is not known", remarks);
        say(unbeaten, "%s never lost to the others, which leaves no finite distance to those below", remarks);
        say(winless, "%s never won against the others, which leaves no finite distance to those above", remarks);
        remarks.add("The votes leave " + groups.count()
                + " groups of items whose ratings cannot be compared with each other's: the largest comes first, within a"
                + " group ratings and places are sound, and a rating of an item that is alone is left out. A prior makes"
                + " all comparable: --set ridge=0.1");
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
