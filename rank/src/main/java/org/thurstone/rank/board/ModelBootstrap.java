package org.thurstone.rank.board;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Bootstrap;

/** Bootstrap intervals for any model, also one that has no intervals of its own: every draw is ranked again from the start. */
final class ModelBootstrap {

    private ModelBootstrap() {}

    /**
     * The board with intervals and places from a bootstrap.
     *
     * @param board the model's board of these votes; its ratings are finite
     * @param inference level, number of draws, what is drawn, and the seed
     */
    public static Board around(RankingModel model, Board board, Votes votes, Inference inference) {
        return Bootstrap.around(
                board,
                votes,
                inference,
                model.takes() == RankingModel.Form.COUNTS,
                (drawn, random) -> ratings(ranked(model, drawn), votes.items()));
    }

    private static Board ranked(RankingModel model, Votes drawn) {
        try {
            return model.rank(drawn, Inference.NONE);
        } catch (UserError e) {
            throw new UserError("the votes can be ranked, but not every resample of them: " + e.getMessage(), e);
        }
    }

    /** In the order of the items. A draw can lose an item, which then gets the mean rating. */
    private static double[] ratings(Board board, List<String> items) {
        Map<String, Double> ratings = new HashMap<>();
        board.standings().forEach(s -> ratings.put(s.item(), s.rating()));
        double mean = board.standings().stream()
                .mapToDouble(Standing::rating)
                .average()
                .orElse(0);
        return items.stream()
                .mapToDouble(item -> ratings.getOrDefault(item, mean))
                .toArray();
    }
}
