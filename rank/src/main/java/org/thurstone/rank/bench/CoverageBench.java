package org.thurstone.rank.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.certainty.ItemIntervals;
import org.thurstone.rank.certainty.Spread;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.statistics.Logistic;

/**
 * How often the default intervals of newcomers hold their strength. Boards of items whose strengths are N(0, s), each pair of which met often, get
 * newcomers of the same law with few battles each, against random items of the board; everything is fitted together, and each newcomer's interval
 * is of the kind that the default picks. Newcomers do not meet each other.
 *
 * @param newcomers per cell, at least 1
 * @param items of an established board, at least 5
 * @param met battles of each pair of these
 * @param spreads the values of s
 * @param battles the numbers of battles of a newcomer
 * @param ties the share of battles between equals that end tied, in [0, 0.5]; the expected score stays that of Bradley–Terry
 */
public record CoverageBench(
        int newcomers, int items, int met, List<Double> spreads, List<Integer> battles, double ties, long seed) {

    /** So many newcomers share a board. */
    private static final int TOGETHER = 20;

    public CoverageBench {
        spreads = List.copyOf(spreads);
        battles = List.copyOf(battles);
        if (newcomers < 1 || items < 5 || met < 1 || !(ties >= 0 && ties <= 0.5)) {
            throw new IllegalArgumentException(
                    "there is one newcomer or more, five items or more, one battle or more of a pair, and a share of ties of"
                            + " up to 0.5");
        }
        if (spreads.stream().anyMatch(s -> !(s > 0)) || battles.stream().anyMatch(b -> b < 1)) {
            throw new IllegalArgumentException("spreads are above 0 and battles at least 1");
        }
    }

    /** The figures, a cell for each spread and number of battles. */
    public record Figures(List<Cell> cells) {}

    /**
     * Shares of newcomers whose interval of 95 % holds their strength.
     *
     * @param covered of all of them, by the default interval
     * @param sandwich the share of all that got a sandwich interval
     * @param likelihood the share that got a likelihood-ratio interval
     * @param posterior the share that got a posterior interval
     * @param decided newcomers that won every battle or lost every battle
     * @param tied newcomers whose battles all were ties
     */
    public record Cell(
            double spread,
            int battles,
            int newcomers,
            double covered,
            double sandwich,
            double likelihood,
            double posterior,
            Alike decided,
            Alike tied) {}

    /**
     * Shares of the newcomers whose battles all ended the same way that an interval of 95 % holds; not a number where there are none.
     *
     * @param share of all newcomers that they are
     * @param byDefault held by the default interval
     * @param likelihood by a likelihood-ratio interval
     * @param posterior by a posterior interval under the true laws of strengths and of ties
     * @param posteriorHalf by one under a law with half the spread
     * @param posteriorDouble by one under a law with twice the spread
     */
    public record Alike(
            double share,
            double byDefault,
            double likelihood,
            double posterior,
            double posteriorHalf,
            double posteriorDouble) {}

    public Figures run() {
        List<Cell> cells = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (double spread : spreads) {
            for (int count : battles) {
                SplittableRandom[] batches = IntStream.range(0, (newcomers + TOGETHER - 1) / TOGETHER)
                        .mapToObj(b -> random.split())
                        .toArray(SplittableRandom[]::new);
                Counts sum = IntStream.range(0, batches.length)
                        .parallel()
                        .mapToObj(b -> batch(spread, count, Math.min(TOGETHER, newcomers - b * TOGETHER), batches[b]))
                        .reduce(new Counts(), Counts::plus);
                cells.add(sum.cell(spread, count));
            }
        }
        return new Figures(cells);
    }

    /** A newcomer's battle: the item met, and its points, ½ for a tie. */
    private record Duel(int opponent, double points) {}

    private Counts batch(double spread, int count, int entrants, SplittableRandom random) {
        double[] strengths = IntStream.range(0, items + entrants)
                .mapToDouble(i -> spread * random.nextGaussian())
                .toArray();
        TallyCounter counter = new TallyCounter();
        int[] index = IntStream.range(0, strengths.length)
                .map(i -> counter.item(name(i)))
                .toArray();
        for (int i = 0; i < items; i++) {
            for (int j = 0; j < i; j++) {
                for (int k = 0; k < met; k++) {
                    counter.add(index[i], index[j], outcome(strengths[i] - strengths[j], random), 1);
                }
            }
        }
        List<List<Duel>> duels = new ArrayList<>();
        for (int e = 0; e < entrants; e++) {
            duels.add(new ArrayList<>());
            for (int k = 0; k < count; k++) {
                int opponent = random.nextInt(items);
                Outcome outcome = outcome(strengths[items + e] - strengths[opponent], random);
                counter.add(index[items + e], index[opponent], outcome, 1);
                duels.get(e).add(new Duel(opponent, outcome.left()));
            }
        }
        Tally tally = counter.tally();
        Board board = BradleyTerry.PLAIN.rank(tally, Inference.DEFAULT.withDraws(0));
        // Ratings are about the mean of the items that have one.
        double centre = IntStream.range(0, strengths.length)
                .filter(i -> Double.isFinite(of(board, i).rating()))
                .mapToDouble(i -> strengths[i])
                .average()
                .orElseThrow();
        Counts counts = new Counts();
        for (int e = 0; e < entrants; e++) {
            counts.add(board, duels.get(e), of(board, items + e), strengths[items + e] - centre, law(-centre, spread));
        }
        return counts;
    }

    private Outcome outcome(double lead, SplittableRandom random) {
        double p = Logistic.sigmoid(lead);
        double tied = 4 * ties * p * (1 - p);
        double u = random.nextDouble();
        return u < p - tied / 2 ? Outcome.LEFT : u < p + tied / 2 ? Outcome.TIE : Outcome.RIGHT;
    }

    /** The law that strengths and outcomes are drawn from, on the scale of the ratings. */
    private Law law(double mean, double spread) {
        return new Law(mean, spread, ties);
    }

    /**
     * A law of strengths and ties.
     *
     * @param mean of the strengths
     * @param ties the share of battles between equals that end tied
     */
    private record Law(double mean, double spread, double ties) {

        /** The logarithm of the probability of a result, but for a constant. */
        double log(double points, double lead) {
            double won = Logistic.logSigmoid(lead);
            double lost = Logistic.logSigmoid(-lead);
            return points == 0.5 ? won + lost : points == 1 ? won + decided(lead) : lost + decided(-lead);
        }

        /** The share of battles that go well for an item in which it wins, rather than ties. */
        private double decided(double lead) {
            return Math.log(1 - 2 * ties + 2 * ties * Logistic.sigmoid(lead));
        }

        double[] posterior(DoubleUnaryOperator log, double times) {
            return ItemIntervals.posterior(log, Spread.known(mean, times * spread), 0.95);
        }
    }

    private static Standing of(Board board, int item) {
        return board.of(name(item)).orElseThrow();
    }

    private static String name(int item) {
        return "m" + item;
    }

    /** Numbers of newcomers; those of the tied ones are behind those of the ones that won or lost every battle. */
    private static final class Counts {
        private static final int ALL = 0;
        private static final int COVERED = 1;
        private static final int SANDWICH = 2;
        private static final int LIKELIHOOD = 3;
        private static final int POSTERIOR = 4;
        private static final int DECIDED = 5;
        private static final int TIED = 11;

        private final double[] of = new double[17];

        Counts plus(Counts other) {
            Counts sum = new Counts();
            Arrays.setAll(sum.of, k -> of[k] + other.of[k]);
            return sum;
        }

        private void count(int what, boolean is) {
            of[what] += is ? 1 : 0;
        }

        void add(Board board, List<Duel> duels, Standing standing, double truth, Law law) {
            boolean covered = standing.low() <= truth && truth <= standing.high();
            count(ALL, true);
            count(COVERED, covered);
            IntervalKind kind = standing.evidence().interval();
            count(SANDWICH, kind == IntervalKind.SANDWICH);
            count(LIKELIHOOD, kind == IntervalKind.LIKELIHOOD_RATIO);
            count(POSTERIOR, kind == IntervalKind.POSTERIOR);
            if (duels.stream().mapToDouble(Duel::points).distinct().count() > 1) {
                return;
            }
            double[] opponents = duels.stream()
                    .mapToDouble(d -> CoverageBench.of(board, d.opponent()).rating())
                    .toArray();
            double points = duels.getFirst().points();
            DoubleUnaryOperator log = x -> Arrays.stream(opponents)
                    .map(o -> points * Logistic.logSigmoid(x - o) + (1 - points) * Logistic.logSigmoid(o - x))
                    .sum();
            double top =
                    points == 1 ? Double.POSITIVE_INFINITY : points == 0 ? Double.NEGATIVE_INFINITY : standing.rating();
            int kinds = points == 0.5 ? TIED : DECIDED;
            count(kinds, true);
            count(kinds + 1, covered);
            count(kinds + 2, within(truth, ItemIntervals.likelihoodRatio(log, top, 1, 0.95)));
            DoubleUnaryOperator results = x ->
                    Arrays.stream(opponents).map(o -> law.log(points, x - o)).sum();
            count(kinds + 3, within(truth, law.posterior(results, 1)));
            count(kinds + 4, within(truth, law.posterior(results, 0.5)));
            count(kinds + 5, within(truth, law.posterior(results, 2)));
        }

        private static boolean within(double truth, double[] ends) {
            return ends[0] <= truth && truth <= ends[1];
        }

        private double share(int what, int among) {
            return of[what] / of[among];
        }

        Cell cell(double spread, int battles) {
            return new Cell(
                    spread,
                    battles,
                    (int) of[ALL],
                    share(COVERED, ALL),
                    share(SANDWICH, ALL),
                    share(LIKELIHOOD, ALL),
                    share(POSTERIOR, ALL),
                    alike(DECIDED),
                    alike(TIED));
        }

        private Alike alike(int kinds) {
            return new Alike(
                    share(kinds, ALL),
                    share(kinds + 1, kinds),
                    share(kinds + 2, kinds),
                    share(kinds + 3, kinds),
                    share(kinds + 4, kinds),
                    share(kinds + 5, kinds));
        }
    }
}
