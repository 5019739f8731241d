package org.thurstone.cli.rank;

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
 * Boards for machines. The first model's items stand at the top; a number that is not known is null. Further models, and boards apart by
 * a column, have the same form.
 */
public final class RankDocument {

    private RankDocument() {}

    /** An item, as it is promised: the names of these keys do not change. */
    record Item(String item, Optional<Double> rating, Optional<Double> low, Optional<Double> high, int rank) {}

    /** Where an item may stand, all considered at once; items of different groups have ratings that cannot be compared. */
    record Place(String item, int best, int worst, int group) {}

    /** Something else that was estimated. */
    record Estimate(String name, Optional<Double> value, Optional<Double> low, Optional<Double> high) {}

    /** All of it; more keys may be put in. */
    public static Map<String, Object> of(List<Ranked> all) {
        Map<String, Object> document = board(all.getFirst().board());
        by(all.getFirst(), document);
        if (all.size() > 1) {
            List<Map<String, Object>> models = new ArrayList<>();
            for (Ranked ranked : all) {
                Map<String, Object> model = board(ranked.board());
                by(ranked, model);
                models.add(model);
            }
            document.put("models", models);
        }
        return document;
    }

    /** How sure the first board is, as far as it was asked. */
    public static void certainty(
            Board board, Optional<Sensitivity> fewest, Optional<Agreement> agreement, Map<String, Object> into) {
        into.put("separability", known(Separability.of(board)));
        fewest.ifPresent(found -> into.put("sensitivity", found));
        agreement.ifPresent(found -> into.put("agreement", found));
    }

    /** What was read. */
    public static void file(VoteFile file, Map<String, Object> into) {
        into.put("votes", file.votes().size());
        into.put("notes", file.remarks());
    }

    private static void by(Ranked ranked, Map<String, Object> into) {
        if (!ranked.by().isEmpty()) {
            Map<String, Object> boards = new LinkedHashMap<>();
            ranked.by().forEach((value, board) -> boards.put(value, board(board)));
            into.put("by", boards);
        }
    }

    private static Map<String, Object> board(Board board) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("items", board.standings().stream().map(RankDocument::item).toList());
        document.put("model", board.model());
        document.put("unit", board.unit());
        document.put(
                "places",
                board.standings().stream()
                        .map(s -> new Place(s.item(), s.best(), s.worst(), s.group()))
                        .toList());
        document.put(
                "estimates",
                board.quantities().stream().map(RankDocument::estimate).toList());
        document.put("remarks", board.remarks());
        return document;
    }

    private static Item item(Standing s) {
        return new Item(s.item(), known(s.rating()), known(s.low()), known(s.high()), s.rank());
    }

    private static Estimate estimate(Quantity q) {
        return new Estimate(q.name(), known(q.value()), known(q.low()), known(q.high()));
    }

    /** Empty, which JSON writes as null, where it is not known. */
    private static Optional<Double> known(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
