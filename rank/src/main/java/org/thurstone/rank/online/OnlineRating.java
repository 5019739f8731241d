package org.thurstone.rank.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.statistics.Normal;

/** A ranking method that processes each battle once, in order of time, or in the order of the file if there are no times. */
public interface OnlineRating extends RankingModel {

    /** Everybody new. */
    RatingState begin(int items);

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
        RatingState course = begin(battles.items().size());
        for (int b = 0; b < battles.count(); b++) {
            course.learn(battles.left(b), battles.right(b), battles.outcome(b), battles.weight(b), battles.time(b));
        }
        course.settle(battles.count() == 0 ? Double.NaN : battles.time(battles.count() - 1));
        Map<String, Integer> index = new HashMap<>();
        battles.items().forEach(item -> index.put(item, index.size()));
        List<String> remarks = battles.timed() || battles.count() == 0
                ? List.of()
                : List.of("The battles have no times, so their order is taken to be that of time");
        return new Board(
                        name(),
                        unit(),
                        standings(battles.items(), course, inference),
                        List.of(),
                        remarks,
                        Optional.empty())
                .withForecast(battle -> {
                    Integer left = index.get(battle.left());
                    Integer right = index.get(battle.right());
                    return left == null || right == null ? Optional.empty() : Optional.of(course.chances(left, right));
                });
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
            half[i] = inference.intervals() == Inference.Intervals.NONE ? Double.NaN : z * course.deviation(i);
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
            standings.add(new Standing(
                    s.item(),
                    s.rating(),
                    s.rating() - half[i],
                    s.rating() + half[i],
                    s.rank(),
                    known ? better + 1 : s.best(),
                    known ? n - worse : s.worst(),
                    0));
        }
        return standings;
    }

    /** A number for each item. */
    static double[] filled(int items, double value) {
        double[] all = new double[items];
        Arrays.fill(all, value);
        return all;
    }
}
