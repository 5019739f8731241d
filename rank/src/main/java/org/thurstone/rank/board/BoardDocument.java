package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.rank.Board;
import org.thurstone.rank.Evidence;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.certainty.Separability;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.pairs.Sensitivity;
import org.thurstone.recipe.Recipe;

/**
 * Boards as a JSON document. The first model's items are at the top level; an unknown number is null. Further models, and the boards per
 * value of a column, have the same form.
 */
final class BoardDocument {

    private BoardDocument() {}

    /** An item; the names of these keys are stable. */
    public record Item(
            String item,
            Optional<Double> rating,
            Optional<Double> low,
            Optional<Double> high,
            Optional<Integer> rank,
            String interval,
            Optional<Double> battles,
            Optional<Double> wins,
            Optional<Double> ties,
            boolean provisional) {}

    /**
     * The places that an item may have, all items considered at once, and this one alone; null where the method says nothing of places.
     *
     * @param group ratings of items of different groups cannot be compared; from 1
     */
    public record Place(
            String item,
            Optional<Integer> best,
            Optional<Integer> worst,
            int group,
            Optional<Integer> bestAlone,
            Optional<Integer> worstAlone) {}

    /** The battles of two items; the number that each won and that were tied. Weighted battles count by their weight. */
    public record HeadToHead(String item, String other, double wins, double losses, double ties) {}

    /** The pairs of more items are left out: there are too many of them for a document of a board. */
    private static final int MOST_PAIRED = 200;

    /**
     * Something else that was estimated.
     *
     * @param pValue null where it is not tested against zero
     */
    public record Estimate(
            String name,
            Optional<Double> value,
            Optional<Double> low,
            Optional<Double> high,
            Optional<Double> pValue) {}

    /** The boards; the map can be added to. */
    public static Map<String, Object> of(List<ModelBoards> all) {
        Map<String, Object> document = board(all.getFirst().board());
        options(all.getFirst(), document);
        by(all.getFirst(), document);
        if (all.size() > 1) {
            List<Map<String, Object>> models = new ArrayList<>();
            for (ModelBoards boards : all) {
                Map<String, Object> model = board(boards.board());
                options(boards, model);
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

    /** Adds how the intervals were made. */
    public static void inference(Inference inference, Map<String, Object> into) {
        into.put("level", inference.level());
        into.put(
                "intervals",
                inference.intervals().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        into.put("draws", inference.draws());
        into.put("unit_of_resampling", inference.unit().name().toLowerCase(Locale.ROOT));
        into.put("seed", inference.seed());
        into.put("provisional_below", inference.provisional());
    }

    /** Adds what was read. */
    public static void file(VoteFile file, Map<String, Object> into) {
        into.put("votes", file.size());
        into.put("notes", file.remarks());
        if (file.votes().items().size() <= MOST_PAIRED) {
            into.put("head_to_head", headToHead(file.votes().tally().folded()));
        }
    }

    /** Pairs that met, in alphabetical order. */
    private static List<HeadToHead> headToHead(Tally tally) {
        return IntStream.range(0, tally.cells())
                .mapToObj(c -> new HeadToHead(
                        tally.items().get(tally.left(c)),
                        tally.items().get(tally.right(c)),
                        tally.leftWins(c),
                        tally.rightWins(c),
                        tally.ties(c)))
                .toList();
    }

    /** The settings of a method that differ from its defaults; a model that is no record has none. */
    private static void options(ModelBoards boards, Map<String, Object> into) {
        if (boards.model() instanceof Record record) {
            into.put("options", Recipe.values(record));
        }
    }

    private static void by(ModelBoards model, Map<String, Object> into) {
        if (!model.by().isEmpty()) {
            Map<String, Object> boards = new LinkedHashMap<>();
            model.by().forEach((value, board) -> boards.put(value, board(board)));
            into.put("by", boards);
            model.strata().ifPresent(test -> into.put("strata", test));
        }
    }

    private static Map<String, Object> board(Board board) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "items", board.standings().stream().map(BoardDocument::item).toList());
        document.put("model", board.model());
        document.put("unit", board.unit());
        document.put(
                "places", board.standings().stream().map(BoardDocument::place).toList());
        document.put(
                "estimates",
                board.quantities().stream().map(BoardDocument::estimate).toList());
        document.put("remarks", board.remarks());
        return document;
    }

    private static Item item(Standing s) {
        Evidence of = s.evidence();
        return new Item(
                s.item(),
                known(s.rating()),
                known(s.low()),
                known(s.high()),
                known(s.rank()),
                of.interval().label(),
                known(of.battles()),
                known(of.wins()),
                known(of.ties()),
                of.provisional());
    }

    private static Place place(Standing s) {
        return new Place(
                s.item(),
                known(s.best()),
                known(s.worst()),
                s.group() + 1,
                known(s.evidence().best()),
                known(s.evidence().worst()));
    }

    private static Optional<Integer> known(int place) {
        return place > 0 ? Optional.of(place) : Optional.empty();
    }

    private static Estimate estimate(Quantity q) {
        return new Estimate(q.name(), known(q.value()), known(q.low()), known(q.high()), known(q.pValue()));
    }

    /** Empty, which JSON writes as null, where it is unknown. */
    private static Optional<Double> known(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
