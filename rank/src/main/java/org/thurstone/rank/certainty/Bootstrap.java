package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.statistics.Quantiles;

/**
 * Bootstrap intervals for any method, from votes drawn with replacement and ranked again (Efron 1979): quantiles of the ratings, and places by the
 * drawn errors of all differences at once. Draws run in parallel; each has a generator of its own, so that the number of threads
 * changes nothing.
 */
public final class Bootstrap {

    private Bootstrap() {}

    /** Ratings of drawn votes, in the order of their items; what else a draw has to draw comes from its generator. */
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
     * The board with intervals and places of a bootstrap; every item's rating is finite in each draw.
     *
     * @param countable whether the method needs no more of drawn battles than their counts, which is faster
     */
    public static Board around(Board board, Votes votes, Inference inference, boolean countable, Ratings ratings) {
        if (inference.draws() < 1) {
            return board;
        }
        double[][] drawn = draws(votes, inference, countable, ratings);
        Map<String, Integer> index = new HashMap<>();
        List<String> items = votes.items();
        IntStream.range(0, items.size()).forEach(i -> index.put(items.get(i), i));
        double[] centre = new double[items.size()];
        board.standings().forEach(s -> centre[index.getOrDefault(s.item(), 0)] = s.rating());
        Places places = Places.ofDraws(centre, drawn, inference.level());
        double tail = (1 - inference.level()) / 2;
        List<Standing> standings = new ArrayList<>();
        for (Standing s : board.standings()) {
            int i = index.getOrDefault(s.item(), 0);
            double[] of = Arrays.stream(drawn).mapToDouble(d -> d[i]).sorted().toArray();
            standings.add(new Standing(
                    s.item(),
                    s.rating(),
                    Quantiles.interpolated(of, tail),
                    Quantiles.interpolated(of, 1 - tail),
                    s.rank(),
                    1 + places.better()[i],
                    items.size() - places.worse()[i],
                    s.group()));
        }
        return new Board(board.model(), board.unit(), standings, board.quantities(), board.remarks(), board.forecast());
    }

    /** A row of ratings for each draw. */
    public static double[][] draws(Votes votes, Inference inference, boolean countable, Ratings ratings) {
        Resampling resampling = Resampling.of(votes, inference.unit(), countable);
        SplittableRandom root = new SplittableRandom(inference.seed());
        SplittableRandom[] generators = IntStream.range(0, inference.draws())
                .mapToObj(draw -> root.split())
                .toArray(SplittableRandom[]::new);
        return Arrays.stream(generators)
                .parallel()
                .map(random -> ratings.of(resampling.draw(random), random))
                .toArray(double[][]::new);
    }
}
