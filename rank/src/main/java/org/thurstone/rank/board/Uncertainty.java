package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.certainty.QuasiVariances;
import org.thurstone.rank.certainty.RankDistribution;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;

/**
 * How certain the ratings of a board are, beyond one interval each: standard errors, quasi-standard errors (of which any two give the error of a
 * difference), the probability of being best and the distribution of ranks, and the covariance.
 */
public record Uncertainty(RatingErrors errors, QuasiVariances quasi, RankDistribution ranks, double level) {

    /** Quasi-variances and ranks of more items take minutes. */
    private static final int MOST = 1000;

    /** @throws UserError if the board's method has no errors of ratings, or its items are too many */
    public static Uncertainty of(Board board, Inference inference) {
        RatingErrors errors = board.errors()
                .orElseThrow(() -> new UserError(board.model()
                        + " gives no covariance of ratings here: --uncertainty and --contrast need a method with"
                        + " intervals, or --bootstrap"));
        if (errors.items().size() > MOST) {
            throw new UserError("--uncertainty is for up to " + MOST + " items, and there are "
                    + errors.items().size());
        }
        return new Uncertainty(
                errors,
                QuasiVariances.of(errors),
                RankDistribution.of(errors, inference.level(), Math.max(1000, inference.draws()), inference.seed()),
                inference.level());
    }

    /** A row per item, the most probably best first. */
    public Table table(int most) {
        List<Table.Column> columns = List.of(
                Table.Column.text("item"),
                Table.Column.number("standard error"),
                Table.Column.number("quasi-s.e."),
                Table.Column.number("P(best) %"),
                Table.Column.number("mean rank"),
                Table.Column.text("ranks"));
        List<List<Cell>> rows = order().stream()
                .limit(most)
                .map(i -> List.of(
                        Cell.text(errors.items().get(i)),
                        Cell.number(Math.sqrt(errors.covariance()[i][i]), 3),
                        quasi(i).map(q -> Cell.number(q, 3)).orElse(Cell.missing()),
                        Cell.number(100 * ranks.best()[i], 1),
                        Cell.number(ranks.mean()[i], 1),
                        Cell.text(ranks.low()[i] + "–" + ranks.high()[i])))
                .toList();
        return new Table("Uncertainty of each item alone", "", columns, rows);
    }

    private List<Integer> order() {
        return IntStream.range(0, errors.items().size())
                .boxed()
                .sorted((a, b) -> errors.group()[a] != errors.group()[b]
                        ? Integer.compare(errors.group()[a], errors.group()[b])
                        : Double.compare(errors.ratings()[b], errors.ratings()[a]))
                .toList();
    }

    private Optional<Double> quasi(int item) {
        double variance = quasi.of()[item];
        return variance > 0 ? Optional.of(Math.sqrt(variance)) : Optional.empty();
    }

    /** The JSON document: items, then the covariance in their order. */
    public Map<String, Object> document() {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i : order()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("item", errors.items().get(i));
            item.put("standard_error", Math.sqrt(errors.covariance()[i][i]));
            item.put("quasi_standard_error", quasi(i));
            item.put("probability_best", ranks.best()[i]);
            item.put("mean_rank", ranks.mean()[i]);
            item.put("rank_low", ranks.low()[i]);
            item.put("rank_high", ranks.high()[i]);
            items.add(item);
        }
        List<Integer> order = order();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("items", items);
        document.put("largest_error_of_quasi_standard_errors", quasi.largestError());
        document.put(
                "covariance",
                order.stream()
                        .map(i -> order.stream()
                                .map(j -> errors.covariance()[i][j])
                                .toList())
                        .toList());
        return document;
    }
}
