package org.thurstone.rank.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.statistics.Normal;

/**
 * A ranking method that processes each battle once, in order of time, or in the order of the file if there are no times. Battles of one time have no
 * order: where an item has several of them, they count from the ratings before that time.
 */
public interface OnlineRating extends RankingModel {

    /** Everybody new. */
    RatingState begin(int items);

    /**
     * This method with the settings that the votes decide.
     *
     * @param battles in the order of their times
     * @throws UserError if they lack what the method needs
     */
    default OnlineRating fitted(Battles battles) {
        return this;
    }

    /** What {@link #fitted} found in the votes, for the board. */
    default List<Quantity> found(OnlineRating fitted) {
        return List.of();
    }

    /** The title of its board. */
    String name();

    /** The unit of its ratings. */
    String unit();

    @Override
    default Form takes() {
        return Form.BATTLES;
    }

    /** The ratings after the last battle; an interval is the rating's own uncertainty, where the method has one. */
    @Override
    default Board rank(Votes votes, Inference inference) {
        if (!(votes instanceof Battles all)) {
            throw new UserError(name() + " goes through battles one by one, and these are whole orders or counts");
        }
        Battles battles = all.timed() ? all.inOrder() : all;
        OnlineRating fitted = fitted(battles);
        RatingState course = fitted.begin(battles.items().size());
        int together = learn(battles, course, Watcher.NONE);
        course.settle(battles.count() == 0 ? Double.NaN : battles.time(battles.count() - 1));
        Map<String, Integer> index = new HashMap<>();
        battles.items().forEach(item -> index.put(item, index.size()));
        List<String> remarks = new ArrayList<>();
        if (!battles.timed() && battles.count() > 0) {
            remarks.add("The battles have no times, so their order is taken to be that of time");
        }
        if (together > 0) {
            remarks.add(Count.of(together, "battle has", "battles have")
                    + " the time of another battle of the same item; these have no order and count from the ratings before"
                    + " that time (--order names a column that orders them)");
        }
        return new Board(
                        name(),
                        unit(),
                        standings(battles.items(), course, inference),
                        found(fitted),
                        remarks,
                        Optional.empty())
                .withForecast(battle -> {
                    Integer left = index.get(battle.left());
                    Integer right = index.get(battle.right());
                    return left == null || right == null
                            ? Optional.empty()
                            : Optional.of(course.chances(left, right, home(battle, battles.covariates())));
                });
    }

    /** Whether the left item of a battle is at home; where that is not known, it is. */
    private static boolean home(Battle battle, List<String> covariates) {
        int which = covariates.indexOf(Battles.HOME_ADVANTAGE);
        return which < 0
                || which >= battle.covariates().size()
                || battle.covariates().get(which) != 0;
    }

    /** Is shown every battle before it is learned. */
    @FunctionalInterface
    interface Watcher {
        Watcher NONE = (course, battles, battle) -> {};

        void next(RatingState course, Battles battles, int battle);
    }

    /**
     * The points of the left items that were at home, less those that the method expected of them before each battle.
     *
     * @param battles in the order of their times
     */
    static double surplus(Battles battles, OnlineRating method) {
        double[] sum = {0};
        learn(battles, method.begin(battles.items().size()), (course, all, b) -> {
            if (all.home(b)) {
                double expected =
                        course.chances(all.left(b), all.right(b), true).expected();
                sum[0] += all.weight(b) * (all.outcome(b).left() - expected);
            }
        });
        return sum[0];
    }

    /** How many battles were learned together with others, because their order is unknown and would matter. */
    private static int learn(Battles battles, RatingState course, Watcher watcher) {
        int[] lastSeen = new int[battles.items().size()];
        Arrays.fill(lastSeen, -1);
        boolean timed = battles.timed();
        int together = 0;
        int to;
        for (int from = 0; from < battles.count(); from = to) {
            boolean again = false;
            for (to = from;
                    to < battles.count() && (to == from || (timed && battles.time(to) == battles.time(from)));
                    to++) {
                again |= lastSeen[battles.left(to)] == from || lastSeen[battles.right(to)] == from;
                lastSeen[battles.left(to)] = from;
                lastSeen[battles.right(to)] = from;
            }
            for (int b = from; b < to; b++) {
                watcher.next(course, battles, b);
            }
            if (again && course.learnTogether(battles, from, to)) {
                together += to - from;
            } else if (!again) {
                for (int b = from; b < to; b++) {
                    course.learn(Encounter.of(battles, b));
                }
            }
        }
        return together;
    }

    private static List<Standing> standings(List<String> items, RatingState course, Inference inference) {
        int n = items.size();
        double[] ratings = new double[n];
        double[] half = new double[n];
        double[] all = new double[n];
        // Places are told for all items at once: Bonferroni's wider intervals.
        double z = Normal.quantile(0.5 + inference.level() / 2);
        double wider = Normal.quantile(1 - (1 - inference.level()) / (2 * Math.max(1, n)));
        for (int i = 0; i < n; i++) {
            ratings[i] = course.rating(i);
            half[i] = own(inference.intervals()) ? z * course.deviation(i) : Double.NaN;
            all[i] = wider * course.deviation(i);
        }
        List<Standing> standings = new ArrayList<>();
        for (Standing s : Board.standings(items, ratings)) {
            int i = items.indexOf(s.item());
            boolean known = !Double.isNaN(half[i]);
            int better = 0;
            int worse = 0;
            for (int j = 0; j < n && known; j++) {
                if (ratings[j] - all[j] > ratings[i] + all[i]) better++;
                if (ratings[j] + all[j] < ratings[i] - all[i]) worse++;
            }
            standings.add(
                    known
                            ? s.withPlaces(better + 1, n - worse)
                                    .withInterval(
                                            s.rating() - half[i], s.rating() + half[i], IntervalKind.RATING_DEVIATION)
                            : s);
        }
        return standings;
    }

    /** A bootstrap asks for the scatter of drawn ratings, not for the method's own belief. */
    private static boolean own(Inference.Intervals kind) {
        return kind != Inference.Intervals.NONE && kind != Inference.Intervals.BOOTSTRAP;
    }

    /** A number for each item. */
    static double[] filled(int items, double value) {
        double[] all = new double[items];
        Arrays.fill(all, value);
        return all;
    }
}
