package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.statistics.Normal;
import org.thurstone.statistics.Quantiles;
import org.thurstone.statistics.StudentT;

/**
 * Bootstrap intervals for any method, from votes drawn with replacement and ranked again (Efron 1979): quantiles of the ratings, and places by the
 * drawn errors of all differences at once. Draws run in parallel; each has a generator of its own, so that the number of threads
 * changes nothing.
 */
public final class Bootstrap {

    /** So many annotators or prompts or fewer, and the board says that they are few. */
    private static final int FEW_CLUSTERS = 30;

    /** The covariance of more items is left out: it would take longer than the draws. */
    private static final int MOST_TOGETHER = 500;

    private Bootstrap() {}

    /** So narrow a scatter of drawn ratings, relative to the rating, is rounding: the votes that were drawn never differed. */
    private static final double ROUNDING = 1e-9;

    /**
     * Ratings of drawn votes, in the order of their items, and after them, if the method has any, its further estimates in the order of the
     * board's quantities; what else a draw has to draw comes from its generator.
     */
    @FunctionalInterface
    public interface Ratings {
        double[] of(Votes drawn, SplittableRandom random);
    }

    /**
     * What a draw adds to the slope of the log-density at each item, so that a prior is drawn as the votes are: its score at the truth has
     * the variance of its own information. Without it, intervals of ratings that a prior draws together would be too narrow.
     *
     * @param information of the prior on one item
     */
    public static double[] pull(int items, double information, SplittableRandom random) {
        double[] pull = new double[items];
        for (int i = 0; i < items && information > 0; i++) {
            pull[i] = Math.sqrt(information) * random.nextGaussian();
        }
        return pull;
    }

    /**
     * The board with intervals and places of a bootstrap; every item's rating is finite in each draw. Where annotators or prompts are drawn and
     * there are few of them, the drawn errors are widened as Student's t with that many degrees of freedom, less one, demands. An item whose
     * drawn ratings are all equal gets no interval: its votes do not show how far they scatter.
     *
     * @param countable whether the method needs no more of drawn battles than their counts, which is faster
     */
    public static Board around(Board board, Votes votes, Inference inference, boolean countable, Ratings ratings) {
        return around(
                board, votes, inference, countable, new double[votes.items().size()], ratings);
    }

    /**
     * The same board, where some items have larger errors than resamples show: places take these, so that they do not claim what the
     * intervals do not.
     *
     * @param errors the least standard error of each item, 0 for most, in the order of the items
     */
    public static Board around(
            Board board, Votes votes, Inference inference, boolean countable, double[] errors, Ratings ratings) {
        if (inference.draws() < 1) {
            return board;
        }
        double[][] drawn = draws(votes, inference, countable, ratings);
        Map<String, Integer> index = new HashMap<>();
        List<String> items = votes.items();
        IntStream.range(0, items.size()).forEach(i -> index.put(items.get(i), i));
        int extras = drawn[0].length - items.size();
        double[] centre = new double[items.size() + extras];
        board.standings().forEach(s -> centre[index.getOrDefault(s.item(), 0)] = s.rating());
        for (int k = 0; k < extras; k++) {
            centre[items.size() + k] = board.quantities().get(k).value();
        }
        OptionalInt clusters = Resampling.clusters(votes, inference.unit());
        widen(drawn, centre, clusters, inference.level());
        double[] ofItems = Arrays.copyOf(centre, items.size());
        boolean few = items.size() <= Places.MOST_TOGETHER;
        double[][] scattered = scattered(drawn, ofItems, errors, inference.seed());
        Optional<Places.Kinds> places =
                few ? Optional.of(Places.ofDraws(ofItems, scattered, inference.level())) : Optional.empty();
        Places alone = places.map(Places.Kinds::alone)
                .orElseGet(() -> Places.alone(
                        ofItems, deviations(ofItems, scattered), inference.level(), new int[ofItems.length]));
        List<Standing> standings = new ArrayList<>();
        for (Standing s : board.standings()) {
            int i = index.getOrDefault(s.item(), 0);
            double[] ends = ends(drawn, i, inference.level());
            boolean known = !Double.isNaN(ends[0]);
            standings.add(s.withInterval(ends[0], ends[1], known ? IntervalKind.BOOTSTRAP : IntervalKind.NONE)
                    .withPlaces(
                            places.map(p -> 1 + p.together().better()[i]).orElse(0),
                            places.map(p -> items.size() - p.together().worse()[i])
                                    .orElse(0))
                    .with(s.evidence()
                            .with(known ? IntervalKind.BOOTSTRAP : IntervalKind.NONE)
                            .withPlaces(1 + alone.better()[i], items.size() - alone.worse()[i])));
        }
        List<Quantity> quantities = new ArrayList<>(board.quantities());
        for (int k = 0; k < extras; k++) {
            double[] ends = corrected(drawn, items.size() + k, centre[items.size() + k], inference.level());
            quantities.set(
                    k,
                    new Quantity(
                            quantities.get(k).name(),
                            quantities.get(k).value(),
                            ends[0],
                            ends[1],
                            quantities.get(k).pValue()));
        }
        List<String> remarks = new ArrayList<>(board.remarks());
        clusters.ifPresent(count -> {
            if (count <= FEW_CLUSTERS) {
                remarks.add("Only " + count + " " + inference.unit().name().toLowerCase(Locale.ROOT)
                        + "s were drawn from: intervals are widened by Student's t with " + (count - 1)
                        + (count == 2 ? " degree" : " degrees") + " of freedom");
            }
        });
        return new Board(
                board.model(),
                board.unit(),
                standings,
                quantities,
                remarks,
                board.forecast(),
                items.size() > MOST_TOGETHER ? Optional.empty() : Optional.of(errors(items, ofItems, drawn)));
    }

    /** Draws to which normal numbers are added where they scatter less than an item's error says; the draws themselves if none does. */
    private static double[][] scattered(double[][] drawn, double[] centre, double[] errors, long seed) {
        double[] deviations = deviations(centre, drawn);
        double[] lacking = new double[centre.length];
        for (int i = 0; i < centre.length; i++) {
            lacking[i] = Math.sqrt(Math.max(0, errors[i] * errors[i] - deviations[i] * deviations[i]));
        }
        if (Arrays.stream(lacking).noneMatch(l -> l > 0)) {
            return drawn;
        }
        SplittableRandom random = new SplittableRandom(seed);
        return Arrays.stream(drawn)
                .map(draw -> {
                    double[] wider = draw.clone();
                    for (int i = 0; i < lacking.length; i++) {
                        wider[i] += lacking[i] > 0 ? lacking[i] * random.nextGaussian() : 0;
                    }
                    return wider;
                })
                .toArray(double[][]::new);
    }

    private static RatingErrors errors(List<String> items, double[] ratings, double[][] drawn) {
        int n = ratings.length;
        double[][] covariance = new double[n][n];
        for (double[] draw : drawn) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] += (draw[i] - ratings[i]) * (draw[j] - ratings[j]) / drawn.length;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j][i] = covariance[i][j];
            }
        }
        return new RatingErrors(items, ratings, covariance, new int[n]);
    }

    /** The standard error of few clusters is itself uncertain, and too small by one degree of freedom. */
    private static void widen(double[][] drawn, double[] centre, OptionalInt clusters, double level) {
        if (clusters.isEmpty() || clusters.getAsInt() < 2) {
            return;
        }
        int count = clusters.getAsInt();
        double factor = StudentT.twoSided(level, count - 1)
                / Normal.quantile((1 + level) / 2)
                * Math.sqrt(count / (count - 1.0));
        for (double[] draw : drawn) {
            for (int i = 0; i < draw.length; i++) {
                draw[i] = centre[i] + factor * (draw[i] - centre[i]);
            }
        }
    }

    /**
     * Efron's bias-corrected quantiles: effects of resamples are larger than those of the votes, as those are larger than the truth, and the share of
     * resamples below the estimate says by how much.
     */
    private static double[] corrected(double[][] drawn, int column, double estimate, double level) {
        double[] of = Arrays.stream(drawn).mapToDouble(d -> d[column]).sorted().toArray();
        long below = Arrays.stream(of).filter(x -> x < estimate).count();
        double shift = Normal.quantile(Math.clamp(below / (double) of.length, 0.5 / of.length, 1 - 0.5 / of.length));
        double z = Normal.quantile((1 + level) / 2);
        return of[of.length - 1] - of[0] > ROUNDING * Math.max(1, Math.abs(estimate))
                ? new double[] {
                    Quantiles.interpolated(of, Normal.below(2 * shift - z)),
                    Quantiles.interpolated(of, Normal.below(2 * shift + z))
                }
                : new double[] {Double.NaN, Double.NaN};
    }

    private static double[] deviations(double[] centre, double[][] drawn) {
        double[] squares = new double[centre.length];
        for (double[] draw : drawn) {
            for (int i = 0; i < centre.length; i++) {
                squares[i] += (draw[i] - centre[i]) * (draw[i] - centre[i]) / drawn.length;
            }
        }
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    private static double[] ends(double[][] drawn, int column, double level) {
        double[] of = Arrays.stream(drawn).mapToDouble(d -> d[column]).sorted().toArray();
        double tail = (1 - level) / 2;
        double scatter = of[of.length - 1] - of[0];
        // NaN, of an estimate that some draws do not determine, is sorted last.
        return scatter > ROUNDING * Math.max(1, Math.abs(of[0]))
                ? new double[] {Quantiles.interpolated(of, tail), Quantiles.interpolated(of, 1 - tail)}
                : new double[] {Double.NaN, Double.NaN};
    }

    /** A row of ratings for each draw. */
    public static double[][] draws(Votes votes, Inference inference, boolean countable, Ratings ratings) {
        Resampling resampling = Resampling.of(votes, inference.unit(), countable);
        SplittableRandom root = new SplittableRandom(inference.seed());
        SplittableRandom[] generators = IntStream.range(0, inference.draws())
                .mapToObj(draw -> root.split())
                .toArray(SplittableRandom[]::new);
        AtomicInteger done = new AtomicInteger();
        return Arrays.stream(generators)
                .parallel()
                .map(random -> {
                    double[] of = ratings.of(resampling.draw(random), random);
                    inference.progress().drawn(done.incrementAndGet(), inference.draws());
                    return of;
                })
                .toArray(double[][]::new);
    }
}
