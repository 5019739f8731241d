package org.thurstone.rank.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PairS (arXiv:2403.16950): a merge sort whose comparisons are probabilities. Where one is certain its answer is followed; where it is near ½ both
 * answers are, and of the orders that are open the most probable ones go on. Asking takes about n·log₂ n pairs, and somewhat more with a beam.
 *
 * <p>On simulated judges whose answers were blurred pair by pair the beam agreed with the truth no better than plain merge sort did.
 *
 * @param beam how many orders go on at most, at least 1; 1 is plain merge sort
 * @param doubt how near ½ a probability must be for both answers to be followed, in [0, ½]
 * @param bothOrders whether each pair is asked in both orders, the mean counting: twice the calls, and a comparer's taste for a place is gone
 */
public record PairSearch(int beam, double doubt, boolean bothOrders) {

    private static final double NEVER = 1e-9;

    public PairSearch {
        if (beam < 1) throw new IllegalArgumentException("beam is " + beam + ", not at least 1");
        if (!(doubt >= 0 && doubt <= 0.5))
            throw new IllegalArgumentException("doubt is " + doubt + ", not within 0 … 0.5");
    }

    /**
     * An order and what it cost.
     *
     * @param order the best first
     * @param logProbability the mean of the logarithms of the probabilities that it follows, in its last merge
     * @param calls how often the comparer was asked
     * @param pairs how many different pairs it was asked of
     */
    public record Found<T>(List<T> order, double logProbability, int calls, int pairs) {}

    /**
     * Ranks.
     *
     * @throws IllegalArgumentException if the comparer answers what is no probability
     */
    public <T> Found<T> rank(List<T> things, Comparer<T> comparer) {
        Asking<T> asking = new Asking<>(things, comparer);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) all.add(i);
        Open best = sorted(all, asking);
        return new Found<>(
                best.order().stream().map(things::get).toList(), best.mean(), asking.calls, asking.known.size());
    }

    private <T> Open sorted(List<Integer> part, Asking<T> asking) {
        if (part.size() < 2) return new Open(part, 0, 0, 0, 0);
        int half = part.size() / 2;
        List<Integer> left = sorted(part.subList(0, half), asking).order();
        List<Integer> right = sorted(part.subList(half, part.size()), asking).order();
        List<Open> open = List.of(new Open(List.of(), 0, 0, 0, 0));
        for (int placed = 0; placed < part.size(); placed++) {
            List<Open> next = new ArrayList<>();
            for (Open each : open) extend(each, left, right, asking, next);
            next.sort(Comparator.comparingDouble(Open::mean).reversed());
            open = next.size() > beam ? List.copyOf(next.subList(0, beam)) : next;
        }
        return open.getFirst();
    }

    private <T> void extend(Open open, List<Integer> left, List<Integer> right, Asking<T> asking, List<Open> into) {
        if (open.taken() == left.size()) {
            into.add(open.with(right.get(open.rest()), false, Double.NaN));
        } else if (open.rest() == right.size()) {
            into.add(open.with(left.get(open.taken()), true, Double.NaN));
        } else {
            int a = left.get(open.taken());
            int b = right.get(open.rest());
            double p = asking.prefers(a, b);
            boolean both = beam > 1 && Math.abs(p - 0.5) <= doubt;
            if (p >= 0.5 || both) into.add(open.with(a, true, p));
            if (p < 0.5 || both) into.add(open.with(b, false, 1 - p));
        }
    }

    /**
     * An order that is being merged.
     *
     * @param taken how many of it came from the left part, and {@code rest} from the right
     * @param log the sum of the logarithms of {@code steps} probabilities
     */
    private record Open(List<Integer> order, int taken, int rest, double log, int steps) {

        double mean() {
            return steps == 0 ? 0 : log / steps;
        }

        Open with(int item, boolean fromLeft, double probability) {
            List<Integer> longer = new ArrayList<>(order);
            longer.add(item);
            boolean asked = !Double.isNaN(probability);
            return new Open(
                    longer,
                    taken + (fromLeft ? 1 : 0),
                    rest + (fromLeft ? 0 : 1),
                    log + (asked ? Math.log(Math.max(NEVER, probability)) : 0),
                    steps + (asked ? 1 : 0));
        }
    }

    /** Remembers answers, so that no pair is asked twice. */
    private final class Asking<T> {
        private final List<T> things;
        private final Comparer<T> comparer;
        private final Map<Long, Double> known = new HashMap<>();
        private int calls;

        Asking(List<T> things, Comparer<T> comparer) {
            this.things = things;
            this.comparer = comparer;
        }

        double prefers(int a, int b) {
            if (a > b) return 1 - prefers(b, a);
            return known.computeIfAbsent(((long) a << 32) | b, pair -> {
                double p = asked(a, b);
                return bothOrders ? (p + 1 - asked(b, a)) / 2 : p;
            });
        }

        private double asked(int a, int b) {
            calls++;
            double p = comparer.prefers(things.get(a), things.get(b));
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a comparer answered " + p + ", not a probability");
            }
            return p;
        }
    }
}
