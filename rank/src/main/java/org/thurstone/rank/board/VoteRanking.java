package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.file.VoteFile;

/**
 * Ranks the votes of a file with a model.
 *
 * @param elo whether log-odds are shown on {@linkplain EloScale Elo's scale}
 */
public record VoteRanking(Inference inference, boolean elo) {

    /**
     * The board of all votes, and one per value of the column that the file was split by; a value that cannot be ranked becomes a remark.
     *
     * @param name of the model, for messages
     * @throws UserError if the votes do not suit the model or cannot be ranked
     */
    public ModelBoards rank(String name, RankingModel model, VoteFile file) {
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
        return new ModelBoards(model, board.withRemarks(remarks), by);
    }

    private Board board(String name, RankingModel model, Votes votes) {
        if (votes.items().size() < 2) {
            throw new UserError(
                    "there is only one item, \"" + votes.items().getFirst() + "\": nothing can be compared with it");
        }
        checkForm(name, model, votes);
        Board board = model.rank(votes, inference);
        boolean bare = board.standings().stream().allMatch(s -> Double.isNaN(s.low()) && Double.isFinite(s.rating()));
        if (inference.intervals() == Inference.Intervals.BOOTSTRAP && bare) {
            board = ModelBootstrap.around(model, board, votes, inference);
        }
        return elo ? EloScale.of(board) : board;
    }

    private static void checkForm(String name, RankingModel model, Votes votes) {
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
    }
}
