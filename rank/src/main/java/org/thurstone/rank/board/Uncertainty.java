package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.certainty.Places;
import org.thurstone.rank.certainty.QuasiVariances;
import org.thurstone.rank.certainty.RankDistribution;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;

/**
 * How certain the ratings of a board are, beyond one interval each: standard errors, quasi-standard errors (of which any two give the error of a
 * difference), the probability of being best and the distribution of ranks, and the covariance.
 *
 * @param ranks empty where errors of all items together were not drawn, because the items are too many
 */
public record Uncertainty(
        DifferenceErrors errors, QuasiVariances quasi, Optional<RankDistribution> ranks, double level) {

    /** Quasi-variances that fit the logarithms of all pairs take the cube of the items. */
    private static final int MOST = 1000;

    /** @throws UserError if the board's method has no errors of ratings */
    public static Uncertainty of(Board board, Inference inference) {
        DifferenceErrors errors = board.differences()
                .<DifferenceErrors>map(of -> of)
                .orElseThrow(() -> new UserError(board.model()
                        + " gives no covariance of ratings here: --uncertainty and --contrast need a method with"
                        + " intervals, or --bootstrap"));
        QuasiVariances quasi =
                errors instanceof RatingErrors matrix && matrix.items().size() <= MOST
                        ? QuasiVariances.of(matrix)
                        : QuasiVariances.ofMany(errors, inference.seed());
        int draws = Math.max(1000, inference.draws());
        Optional<RankDistribution> ranks = errors instanceof RatingErrors matrix
                ? Optional.of(RankDistribution.of(matrix, inference.level(), draws, inference.seed()))
                : RankDistribution.ofDrawn(errors, inference.level());
        return new Uncertainty(errors, quasi, ranks, inference.level());
    }

    /** What a reader must know of these figures, one sentence each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        remarks.add(String.format(
                Locale.ROOT,
                "Quasi-standard errors are off by up to %.1f %% for the differences of %s.",
                100 * quasi.largestError(),
                quasi.checked() == 0 ? "all pairs" : quasi.checked() + " pairs that were checked"));
        if (ranks.isEmpty()) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "There is no distribution of ranks: it is counted from drawn errors of all items, which are kept for up to"
                            + " %,d items.",
                    Places.MOST_TOGETHER));
        }
        return remarks;
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
                        Cell.name(errors.items().get(i)),
                        Cell.number(Math.sqrt(errors.variance(i)), 3),
                        quasi(i).map(q -> Cell.number(q, 3)).orElse(Cell.missing()),
                        ranks.map(r -> Cell.number(100 * r.best()[i], 1)).orElse(Cell.missing()),
                        ranks.map(r -> Cell.number(r.mean()[i], 1)).orElse(Cell.missing()),
                        ranks.map(r -> Cell.text(r.low()[i] + "–" + r.high()[i]))
                                .orElse(Cell.missing())))
                .toList();
        return new Table("Uncertainty of each item alone", String.join(" ", remarks()), columns, rows);
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

    /** The JSON document: items, then the covariance in their order, of up to 1,000 items. */
    public Map<String, Object> document() {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i : order()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("item", errors.items().get(i));
            item.put("standard_error", Math.sqrt(errors.variance(i)));
            item.put("quasi_standard_error", quasi(i));
            item.put("probability_best", ranks.map(r -> r.best()[i]));
            item.put("mean_rank", ranks.map(r -> r.mean()[i]));
            item.put("rank_low", ranks.map(r -> r.low()[i]));
            item.put("rank_high", ranks.map(r -> r.high()[i]));
            items.add(item);
        }
        List<Integer> order = order();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("items", items);
        document.put("largest_error_of_quasi_standard_errors", quasi.largestError());
        document.put("pairs_checked", quasi.checked());
        // A matrix of more items is larger than all else.
        if (errors instanceof RatingErrors matrix && order.size() <= MOST) {
            document.put(
                    "covariance",
                    order.stream()
                            .map(i -> order.stream()
                                    .map(j -> matrix.covariance()[i][j])
                                    .toList())
                            .toList());
        }
        return document;
    }
}
