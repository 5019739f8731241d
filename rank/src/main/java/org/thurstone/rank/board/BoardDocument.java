package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.rank.Board;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.Standing;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.certainty.Separability;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.pairs.Sensitivity;

/**
 * Boards as a JSON document. The first model's items are at the top level; an unknown number is null. Further models, and the boards per
 * value of a column, have the same form.
 */
public final class BoardDocument {

    private BoardDocument() {}

    /** An item; the names of these keys are stable. */
    public record Item(String item, Optional<Double> rating, Optional<Double> low, Optional<Double> high, int rank) {}

    /**
     * The places that an item may have, all items considered at once.
     *
     * @param group ratings of items of different groups cannot be compared
     */
    public record Place(String item, int best, int worst, int group) {}

    /** Something else that was estimated. */
    public record Estimate(String name, Optional<Double> value, Optional<Double> low, Optional<Double> high) {}

    /** The boards; the map can be added to. */
    public static Map<String, Object> of(List<ModelBoards> all) {
        Map<String, Object> document = board(all.getFirst().board());
        by(all.getFirst(), document);
        if (all.size() > 1) {
            List<Map<String, Object>> models = new ArrayList<>();
            for (ModelBoards boards : all) {
                Map<String, Object> model = board(boards.board());
                by(boards, model);
                models.add(model);
            }
            document.put("models", models);
        }
        return document;
    }

    /** Adds how certain the first board is. */
    public static void certainty(
            Board board, Optional<Sensitivity> fewest, Optional<Agreement> agreement, Map<String, Object> into) {
        into.put("separability", known(Separability.of(board)));
        fewest.ifPresent(found -> into.put("sensitivity", found));
        agreement.ifPresent(found -> into.put("agreement", found));
    }

    /** Adds what was read. */
    public static void file(VoteFile file, Map<String, Object> into) {
        into.put("votes", file.votes().size());
        into.put("notes", file.remarks());
    }

    private static void by(ModelBoards model, Map<String, Object> into) {
        if (!model.by().isEmpty()) {
            Map<String, Object> boards = new LinkedHashMap<>();
            model.by().forEach((value, board) -> boards.put(value, board(board)));
            into.put("by", boards);
        }
    }

    private static Map<String, Object> board(Board board) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "items", board.standings().stream().map(BoardDocument::item).toList());
        document.put("model", board.model());
        document.put("unit", board.unit());
        document.put(
                "places",
                board.standings().stream()
                        .map(s -> new Place(s.item(), s.best(), s.worst(), s.group()))
                        .toList());
        document.put(
                "estimates",
                board.quantities().stream().map(BoardDocument::estimate).toList());
        document.put("remarks", board.remarks());
        return document;
    }

    private static Item item(Standing s) {
        return new Item(s.item(), known(s.rating()), known(s.low()), known(s.high()), s.rank());
    }

    private static Estimate estimate(Quantity q) {
        return new Estimate(q.name(), known(q.value()), known(q.low()), known(q.high()));
    }

    /** Empty, which JSON writes as null, where it is unknown. */
    private static Optional<Double> known(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
