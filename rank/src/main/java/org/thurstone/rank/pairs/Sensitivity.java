package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Groups;

/**
 * The smallest set of battles found whose removal changes the top item. Finding the smallest possible set would take trying all sets; instead, as in
 * Broderick, Giordano and Meager (arXiv:2011.14999), battles are ordered by how far one Newton step says that each holds the leader's
 * margin over a rival, and the shortest beginning of that order is taken that does it. That it does is not approximated: the rest is
 * fitted again. So fewer may do, but these do.
 *
 * @param top who leads
 * @param rival who leads without these battles
 * @param battles how many they are
 * @param of how many there were
 * @param removed which they are
 */
public record Sensitivity(String top, String rival, int battles, int of, List<Removed> removed) {

    /** So many battles of a pair with one outcome. */
    public record Removed(String left, String right, Outcome outcome, int battles) {}

    public Sensitivity {
        removed = List.copyOf(removed);
    }

    /** So many rivals are looked at, those who are predicted to need the fewest. */
    private static final int RIVALS = 5;

    /** The number of rivals that are considered in boards of very many items, those with the highest ratings. */
    private static final int NEAREST = 20;

    /** In the order of the rows of a tally. */
    private static final List<Outcome> OUTCOMES = List.of(Outcome.LEFT, Outcome.RIGHT, Outcome.TIE);

    /** Empty if no single item leads, or no removal that changes this was found. */
    public static Optional<Sensitivity> of(BradleyTerry model, Votes votes) {
        PairModel inside = model.model("sensitivity");
        Cells cells = inside.cells(votes);
        PairFit fit = inside.fit(cells);
        double[] strengths = fit.strengths();
        Groups groups = fit.groups();
        int top = leader(inside, cells);
        if (top < 0) {
            return Optional.empty();
        }
        UnaryOperator<double[]> inverse = PairNewton.inverse(fit);
        Stream<Integer> rivals = IntStream.range(0, cells.items().size())
                .filter(i -> i != top && groups.together(i, top))
                .boxed();
        if (PairNewton.sparse(fit.likelihood())) {
            rivals = rivals.sorted(Comparator.comparingDouble(rival -> -strengths[rival]))
                    .limit(NEAREST);
        }
        List<Order> orders = rivals.map(rival -> order(fit, inverse, top, rival, strengths[top] - strengths[rival]))
                .filter(order -> order.predicted() > 0)
                .sorted(Comparator.comparingInt(Order::predicted))
                .limit(RIVALS)
                .toList();
        int total = (int) Math.round(units(cells));
        Optional<Sensitivity> best = Optional.empty();
        for (Order order : orders) {
            int most = best.map(b -> b.battles() - 1).orElse(order.battles().size());
            int needed = needed(inside, fit.likelihood().cells(), order, top, most);
            if (needed > 0) {
                int rival = leader(inside, without(fit.likelihood().cells(), order, needed));
                best = Optional.of(new Sensitivity(
                        cells.items().get(top),
                        rival < 0
                                ? cells.items().get(order.rival())
                                : cells.items().get(rival),
                        needed,
                        total,
                        removed(fit.likelihood().cells(), order.battles().subList(0, needed))));
            }
        }
        return best;
    }

    /** A battle of a cell and an outcome, and by how much the margin would fall without it. */
    private record Vote(int cell, int outcome, double hold) {}

    /** Battles by how far they hold the margin, and how many of them the first step says are needed; 0 where all are not enough. */
    private record Order(int rival, List<Vote> battles, int predicted) {}

    private static Order order(PairFit fit, UnaryOperator<double[]> inverse, int top, int rival, double margin) {
        PairLikelihood likelihood = fit.likelihood();
        Cells cells = likelihood.cells();
        double[] contrast = new double[likelihood.parameters()];
        contrast[top] = 1;
        contrast[rival] = -1;
        double[] pull = inverse.apply(contrast);
        List<Vote> votes = new ArrayList<>();
        for (int c = 0; c < cells.count(); c++) {
            for (int o = 0; o < 3; o++) {
                double weight = cells.weights()[o][c];
                if (weight > 0) {
                    double one = cells.squares()[o][c] / weight;
                    double[] score = likelihood.score(c, o, fit.parameters());
                    double hold = one * likelihood.along(c, score[Response.BY_DELTA], score[Response.BY_TIE], pull);
                    if (hold > 0) {
                        int count = (int) Math.round(weight / one);
                        for (int k = 0; k < count; k++) {
                            votes.add(new Vote(c, o, hold));
                        }
                    }
                }
            }
        }
        votes.sort(Comparator.comparingDouble(Vote::hold).reversed());
        double left = margin;
        int predicted = 0;
        while (predicted < votes.size() && left >= 0) {
            left -= votes.get(predicted).hold();
            predicted++;
        }
        return new Order(rival, votes, left < 0 ? predicted : 0);
    }

    /** The shortest beginning of the order that changes the top, at most so many; 0 where there is none. */
    private static int needed(PairModel model, Cells cells, Order order, int top, int most) {
        int enough = Math.min(most, order.predicted());
        int limit = Math.min(most, order.battles().size());
        while (enough <= limit && leader(model, without(cells, order, enough)) == top) {
            if (enough == limit) {
                return 0;
            }
            enough = Math.min(limit, enough + Math.max(1, enough / 8));
        }
        int tooFew = 0;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) / 2;
            if (leader(model, without(cells, order, middle)) == top) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    /** The battles by pair and outcome, those that hold the leader most first. */
    private static List<Removed> removed(Cells cells, List<Vote> votes) {
        Map<List<Integer>, Integer> counts = new LinkedHashMap<>();
        votes.forEach(vote -> counts.merge(List.of(vote.cell(), vote.outcome()), 1, Integer::sum));
        List<Removed> removed = new ArrayList<>();
        counts.forEach((vote, count) -> removed.add(new Removed(
                cells.items().get(cells.left()[vote.getFirst()]),
                cells.items().get(cells.right()[vote.getFirst()]),
                OUTCOMES.get(vote.getLast()),
                count)));
        return removed;
    }

    private static Cells without(Cells cells, Order order, int count) {
        double[][] weights = copied(cells.weights());
        double[][] squares = copied(cells.squares());
        for (Vote vote : order.battles().subList(0, count)) {
            double one = cells.squares()[vote.outcome()][vote.cell()] / cells.weights()[vote.outcome()][vote.cell()];
            double left = weights[vote.outcome()][vote.cell()] - one;
            // The remainder of the last battle of a cell after rounding is not a battle.
            boolean gone = left < one / 2;
            weights[vote.outcome()][vote.cell()] = gone ? 0 : left;
            squares[vote.outcome()][vote.cell()] = gone ? 0 : squares[vote.outcome()][vote.cell()] - one * one;
        }
        return new Cells(
                cells.items(), cells.left(), cells.right(), weights, squares, cells.covariates(), cells.values());
    }

    private static double[][] copied(double[][] rows) {
        return java.util.Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    private static double units(Cells cells) {
        double units = 0;
        for (int c = 0; c < cells.count(); c++) {
            for (int o = 0; o < 3; o++) {
                double square = cells.squares()[o][c];
                units += square > 0 ? cells.weights()[o][c] * cells.weights()[o][c] / square : 0;
            }
        }
        return units;
    }

    /** The item that no other is known to be above, or has a higher rating within its group; −1 where several are such. */
    private static int leader(PairModel model, Cells cells) {
        PairFit fit = model.fit(cells);
        double[] strengths = fit.strengths();
        Groups groups = fit.groups();
        int[] first = IntStream.range(0, strengths.length)
                .filter(i -> IntStream.range(0, strengths.length)
                        .noneMatch(j -> groups.above(j, i) || (groups.together(i, j) && strengths[j] > strengths[i])))
                .toArray();
        return first.length == 1 ? first[0] : -1;
    }
}
