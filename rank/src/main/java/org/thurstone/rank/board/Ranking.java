package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Tally;
import org.thurstone.rank.VoteCounts;
import org.thurstone.rank.Votes;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;

/**
 * Ranks votes with one method: the entry point for programs.
 *
 * <pre>{@code
 * Board board = Ranking.by("bradley-terry", "ties=davidson").of(votes);
 * }</pre>
 *
 * @param model with its name, for messages
 * @param inference the intervals of the board
 * @param elo whether log-odds are shown on {@linkplain EloScale Elo's scale}
 */
public record Ranking(BoardRequest.Named model, Inference inference, boolean elo) {

    private static final int NAMED = 5;

    /**
     * A ranking with a method of the catalogue, and 95 % intervals.
     *
     * @param name as {@code thurstone methods --kind ranking} lists it
     * @param settings of its parameters, {@code KEY=VALUE}
     * @throws IllegalArgumentException if the name is unknown or the method has no such parameter; the message lists the valid ones
     */
    public static Ranking by(String name, String... settings) {
        return new Ranking(
                new RankingModels(Catalogue.installed())
                        .of(List.of(name), List.of(settings))
                        .getFirst(),
                Inference.DEFAULT,
                false);
    }

    /** A ranking with a given model, and 95 % intervals. */
    public static Ranking by(RankingModel model) {
        return new Ranking(new BoardRequest.Named(NamedPart.name(model.getClass()), model), Inference.DEFAULT, false);
    }

    /** The same ranking method with other intervals. */
    public Ranking with(Inference other) {
        return new Ranking(model, other, elo);
    }

    /**
     * The board of comparisons in memory.
     *
     * @throws UserError if there are none, or the method cannot use them
     */
    public Board of(List<Battle> votes) {
        return of(Battles.of(votes));
    }

    /**
     * The board of votes in memory, or read by {@link org.thurstone.rank.file.VoteFiles}.
     *
     * @throws UserError if there are none, or the method cannot use them
     */
    public Board of(Votes votes) {
        if (votes.size() == 0) {
            throw new UserError("there are no votes; a ranking needs comparisons");
        }
        if (votes.items().size() < 2) {
            throw new UserError(
                    "there is only one item, \"" + votes.items().getFirst() + "\": nothing can be compared with it");
        }
        checkForm(votes);
        Board board = model.model().rank(votes, inference);
        boolean bare = board.standings().stream().allMatch(s -> Double.isNaN(s.low()) && Double.isFinite(s.rating()));
        if (inference.intervals() == Inference.Intervals.BOOTSTRAP && bare) {
            board = ModelBootstrap.around(model.model(), board, votes, inference);
        }
        board = VoteCounts.of(votes).on(board, inference.provisional());
        return elo ? EloScale.of(board) : board;
    }

    /**
     * The board of a file, and one per value of the column that it was split by; a value that cannot be ranked becomes a remark.
     *
     * @throws UserError if the method cannot use the votes, or they cannot be ranked
     */
    ModelBoards boards(VoteFile file) {
        Board board = of(file.votes());
        TreeMap<String, Board> by = new TreeMap<>();
        TreeMap<String, List<String>> refused = new TreeMap<>();
        file.by().forEach((value, votes) -> {
            try {
                by.put(value, of(votes));
            } catch (UserError e) {
                refused.computeIfAbsent(e.getMessage(), reason -> new ArrayList<>())
                        .add("\"" + value + "\"");
            }
        });
        List<String> remarks = refused.entrySet().stream()
                .map(each -> named(each.getValue()) + " cannot be ranked alone: " + each.getKey())
                .toList();
        return new ModelBoards(model.model(), board.withRemarks(remarks), by);
    }

    /** The first of the values that cannot be ranked for one reason, and how many more there are. */
    private static String named(List<String> values) {
        String first = String.join(", ", values.subList(0, Math.min(NAMED, values.size())));
        return values.size() <= NAMED ? first : first + " and " + (values.size() - NAMED) + " more";
    }

    private void checkForm(Votes votes) {
        boolean fits = switch (model.model().takes()) {
            case COUNTS -> true;
            case BATTLES -> votes instanceof Battles;
            case RANKINGS -> votes instanceof Battles || votes instanceof Rankings;
        };
        if (!fits) {
            String what = votes instanceof Tally ? "counts of pairs" : "whole orders";
            throw new UserError(model.name() + " cannot rank " + what + ": it needs "
                    + (model.model().takes() == RankingModel.Form.BATTLES
                            ? "battles one by one"
                            : "orders, or battles one by one"));
        }
    }
}
