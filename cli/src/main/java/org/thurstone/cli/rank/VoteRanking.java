package org.thurstone.cli.rank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Bootstrap;
import org.thurstone.rank.file.VoteFile;

/**
 * Ranks the votes of a file by a model.
 *
 * @param elo whether ratings in log-odds are shown on Elo's scale: 400 for a tenfold odds, their mean at 1000
 */
public record VoteRanking(Inference inference, boolean elo) {

    private static final double ELO = 400 / Math.log(10);
    private static final double MEAN = 1000;

    /** All votes, and those apart; what of those cannot be ranked is said in a remark. */
    public Ranked rank(String name, RankingModel model, VoteFile file) {
        Board board = board(name, model, file.votes());
        TreeMap<String, Board> by = new TreeMap<>();
        List<String> remarks = new ArrayList<>();
        file.by().forEach((value, votes) -> {
            try {
                by.put(value, board(name, model, votes));
            } catch (UserError e) {
                remarks.add("\"" + value + "\" cannot be ranked by itself: " + e.getMessage());
            }
        });
        return new Ranked(model, board.withRemarks(remarks), by);
    }

    private Board board(String name, RankingModel model, Votes votes) {
        if (votes.items().size() < 2) {
            throw new UserError(
                    "there is only one item, \"" + votes.items().getFirst() + "\": nothing can be compared with it");
        }
        Board board = model.rank(fitting(name, model, votes), inference);
        boolean bare = board.standings().stream().allMatch(s -> Double.isNaN(s.low()) && Double.isFinite(s.rating()));
        if (inference.intervals() == Inference.Intervals.BOOTSTRAP && bare) {
            board = Bootstrap.around(
                    board,
                    votes,
                    inference,
                    model.takes() == RankingModel.Form.COUNTS,
                    (drawn, random) -> ratings(model.rank(drawn, Inference.NONE), votes.items()));
        }
        return elo ? scaled(board) : board;
    }

    private static Votes fitting(String name, RankingModel model, Votes votes) {
        boolean fits = switch (model.takes()) {
            case COUNTS -> true;
            case BATTLES -> votes instanceof Battles;
            case RANKINGS -> votes instanceof Battles || votes instanceof Rankings;
        };
        if (!fits) {
            String what = votes instanceof Tally ? "counts of pairs" : "whole orders";
            throw new UserError(name + " cannot rank " + what + ": it needs "
                    + (model.takes() == RankingModel.Form.BATTLES
                            ? "battles one by one"
                            : "orders, or battles one by one"));
        }
        return votes;
    }

    /** In the order of the items. A draw may have lost an item; it then stands at the mean. */
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

    private static Board scaled(Board board) {
        if (!board.unit().startsWith("log-")) {
            return board;
        }
        List<Standing> standings = board.standings().stream()
                .map(s -> new Standing(
                        s.item(),
                        MEAN + ELO * s.rating(),
                        MEAN + ELO * s.low(),
                        MEAN + ELO * s.high(),
                        s.rank(),
                        s.best(),
                        s.worst(),
                        s.group()))
                .toList();
        List<Quantity> quantities = board.quantities();
        return new Board(board.model(), "Elo", standings, quantities, board.remarks(), board.forecast());
    }
}
