package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;

/**
 * A board at one moment, fitted to all votes until then.
 *
 * @param time the end of the span, in seconds since 1970
 */
public record History(double time, Board board) {

    /** At so many moments with about as many battles between any two; none where battles have no times, or one time. */
    public static List<History> of(RankingModel model, Battles battles, int moments, Inference inference) {
        if (!battles.timed()) {
            return List.of();
        }
        Battles ordered = battles.inOrder();
        int n = ordered.count();
        List<History> history = new ArrayList<>();
        double last = Double.NEGATIVE_INFINITY;
        for (int k = 1; k <= moments; k++) {
            int at = Math.max(1, (int) ((long) k * n / moments));
            double time = ordered.time(at - 1);
            // All battles of a moment belong to it.
            int end = (int)
                    IntStream.range(0, n).filter(b -> ordered.time(b) <= time).count();
            if (time > last && ordered.time(0) < ordered.time(n - 1)) {
                try {
                    history.add(new History(
                            time, model.rank(ordered.where(b -> b < end).compacted(), inference)));
                } catch (UserError e) {
                    // Too few votes yet to say anything.
                    continue;
                }
                last = time;
            }
        }
        return history;
    }
}
