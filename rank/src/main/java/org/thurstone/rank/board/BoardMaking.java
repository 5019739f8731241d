package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.thurstone.data.Count;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Standing;
import org.thurstone.rank.certainty.Places;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.recipe.Recipe;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;

/** How a board was made: the method, the votes, and what its intervals and places are. */
final class BoardMaking {

    private final Board board;
    private final Inference inference;
    private final List<List<Cell>> rows = new ArrayList<>();

    private BoardMaking(Board board, Inference inference) {
        this.board = board;
        this.inference = inference;
    }

    /** A row per part of the board. */
    static Table of(ModelBoards boards, VoteFile file, Inference inference) {
        BoardMaking making = new BoardMaking(boards.board(), inference);
        making.method(boards);
        making.votes(file);
        making.intervals();
        making.places();
        making.rows.add(List.of(
                Cell.text("differences"),
                Cell.text(
                        "of two items have errors of their own, since the errors of ratings go together: two intervals may overlap"
                                + " although the difference is certain")));
        return new Table(
                "How this board was made",
                "",
                List.of(Table.Column.text("part"), Table.Column.text("how")),
                making.rows);
    }

    private void row(String part, String how) {
        rows.add(List.of(Cell.text(part), Cell.text(how)));
    }

    private void method(ModelBoards boards) {
        Map<String, Object> settings = boards.model() instanceof Record record ? Recipe.values(record) : Map.of();
        row(
                "method",
                board.model()
                        + settings.entrySet().stream()
                                .map(e -> ", " + e.getKey() + " " + e.getValue())
                                .collect(Collectors.joining()));
    }

    private void votes(VoteFile file) {
        double[] battles = board.standings().stream()
                .mapToDouble(s -> s.evidence().battles())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (battles.length == 0) {
            row("votes", BoardTables.size(file));
            return;
        }
        long few = board.standings().stream()
                .filter(s -> s.evidence().provisional())
                .count();
        double ties =
                board.standings().stream().mapToDouble(s -> s.evidence().ties()).sum() / 2;
        row(
                "votes",
                String.format(
                        Locale.ROOT,
                        "%s of %s%s; an item has from %,.0f to %,.0f, half of the items have %,.0f or more%s",
                        BoardTables.size(file),
                        Count.of(board.standings().size(), "item"),
                        ties > 0 ? String.format(Locale.ROOT, ", %,.0f of them ties", ties) : "",
                        battles[0],
                        battles[battles.length - 1],
                        battles[battles.length / 2],
                        few == 0
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "; %s with fewer than %,.0f %s provisional",
                                        few == 1 ? "one" : Long.toString(few),
                                        inference.provisional(),
                                        few == 1 ? "is" : "are")));
    }

    private void intervals() {
        Map<IntervalKind, Integer> kinds = new EnumMap<>(IntervalKind.class);
        for (Standing s : board.standings()) {
            kinds.merge(s.hasInterval() ? s.evidence().interval() : IntervalKind.NONE, 1, Integer::sum);
        }
        String level = BoardCharts.percent(inference.level());
        kinds.forEach((kind, count) -> row(
                kind == IntervalKind.NONE ? "no interval" : "intervals of " + level,
                (count == board.standings().size() ? "all items: " : Count.of(count, "item") + ": ") + meaning(kind)));
    }

    private String meaning(IntervalKind kind) {
        return switch (kind) {
            case NONE -> "the method has none, or the votes do not determine the rating";
            case SANDWICH ->
                "sandwich, from the curvature of the likelihood and the observed scatter of results; valid even if the model is"
                        + " only roughly right";
            case FISHER -> "Fisher, from the curvature of the likelihood; valid if the model is right";
            case LIKELIHOOD_RATIO ->
                "likelihood ratio, marked L: the strengths that the results do not reject; for items with few results";
            case POSTERIOR ->
                "posterior, marked P: for an item that won or lost every battle, if its strength has the law of the others";
            case BOOTSTRAP ->
                String.format(
                        Locale.ROOT,
                        "bootstrap, the quantiles of %,d boards of votes drawn with replacement by %s (seed %d)",
                        inference.draws(),
                        inference.unit().name().toLowerCase(Locale.ROOT),
                        inference.seed());
            case RATING_DEVIATION -> "the method's own belief about the rating";
        };
    }

    private void places() {
        boolean together = board.standings().stream().anyMatch(Standing::placed);
        boolean alone = board.standings().stream().anyMatch(s -> s.evidence().best() > 0);
        String level = BoardCharts.percent(inference.level());
        if (together) {
            row(
                    "places",
                    "the best and the worst place that the votes allow, with " + level
                            + " confidence for all items together: an item is above another if their difference exceeds the"
                            + " critical value of the largest of all differences, found from "
                            + String.format(Locale.ROOT, "%,d", inference.draws()) + " draws");
        } else if (alone) {
            row(
                    "places",
                    String.format(
                            Locale.ROOT,
                            "for each item alone; those that hold for all items together are found for up to %,d items",
                            Places.MOST_TOGETHER));
        }
        if (alone) {
            row("alone", "the places of one item considered alone, each difference at " + level);
        }
    }
}
