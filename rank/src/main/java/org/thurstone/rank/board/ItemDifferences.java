package org.thurstone.rank.board;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomePredictor;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.Standing;
import org.thurstone.rank.certainty.QuasiVariances;
import org.thurstone.report.RowDifferences;
import org.thurstone.statistics.Normal;

/**
 * The differences of any two items of a board, as far as its page can give them: with the standard error of every pair, or of many items with
 * quasi-standard errors, so that the page grows with the items and not with their square.
 */
final class ItemDifferences {

    /** The standard errors of all pairs of as many items take 370 kB. */
    static final int MOST_EXACT = 500;

    private static final int STEPS = 400;
    /** Beyond so many log-odds a battle is decided. */
    private static final double DECIDED = 12;

    private ItemDifferences() {}

    /** In the order of the board's standings. */
    static RowDifferences of(Board board, Inference inference) {
        List<Standing> standings = board.standings();
        double[] ratings = standings.stream().mapToDouble(Standing::rating).toArray();
        double size = DoubleStream.of(ratings)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        return new RowDifferences(
                DoubleStream.of(ratings).map(ItemDifferences::rounded).toArray(),
                standings.stream().mapToInt(Standing::group).toArray(),
                board.unit(),
                size >= 100 ? 0 : 3,
                Normal.quantile((1 + inference.level()) / 2),
                BoardCharts.percent(inference.level()),
                errors(board, inference),
                chances(board));
    }

    private static RowDifferences.Errors errors(Board board, Inference inference) {
        Optional<? extends DifferenceErrors> found = board.differences();
        if (found.isEmpty()) {
            return new RowDifferences.NoErrors(
                    "The method has no errors of differences here, and so no interval; a bootstrap gives them.");
        }
        DifferenceErrors errors = found.get();
        int[] index = index(board, errors);
        if (errors instanceof RatingErrors matrix && errors.items().size() <= MOST_EXACT) {
            RowDifferences.PairErrors pairs = (row, other) -> index[row] < 0 || index[other] < 0
                    ? Double.NaN
                    : Math.sqrt(Math.max(0, matrix.variance(index[row], index[other])));
            return pairs;
        }
        QuasiVariances quasi = QuasiVariances.ofMany(errors, inference.seed());
        return new RowDifferences.RowErrors(
                IntStream.of(index)
                        .mapToDouble(i -> i < 0 ? Double.NaN : rounded(Math.sqrt(quasi.of()[i])))
                        .toArray(),
                String.format(
                        Locale.ROOT,
                        "Of more than %d items the page has quasi-standard errors, two of which give this standard error; it may"
                                + " be off by up to %.1f %% (%s). The option --contrast gives the exact one.",
                        MOST_EXACT,
                        100 * quasi.largestError(),
                        quasi.checked() == 0 ? "of all pairs" : "of " + quasi.checked() + " pairs that were checked"));
    }

    /** The place of each standing's item among the errors; −1 where it has none. */
    private static int[] index(Board board, DifferenceErrors errors) {
        Map<String, Integer> places = new HashMap<>();
        errors.items().forEach(item -> places.put(item, places.size()));
        return board.standings().stream()
                .mapToInt(s -> places.getOrDefault(s.item(), -1))
                .toArray();
    }

    /** Read off the model's own predictions for two items, moved apart in equal steps; empty where these do not go by a difference. */
    private static Optional<RowDifferences.Chances> chances(Board board) {
        List<Standing> rated = board.standings().stream()
                .filter(s -> Double.isFinite(s.rating()) && s.group() == 0)
                .toList();
        if (rated.size() < 2 || board.forecast().isEmpty()) {
            return Optional.empty();
        }
        OutcomePredictor forecast = board.forecast().get();
        Standing first = rated.getFirst();
        Standing last = rated.getLast();
        Battle battle = Battle.of(first.item(), last.item(), Outcome.TIE);
        double unit = EloScale.unit(board);
        double apart = (first.rating() - last.rating()) / unit;
        double reach = apart + DECIDED;
        double[] win = new double[STEPS + 1];
        double[] tie = new double[STEPS + 1];
        for (int k = 0; k <= STEPS; k++) {
            double difference = reach * (2.0 * k / STEPS - 1);
            Optional<OutcomeProbabilities> there = forecast.chances(battle, difference - apart);
            if (there.isEmpty()) {
                return Optional.empty();
            }
            win[k] = rounded(there.get().left());
            tie[k] = rounded(there.get().tie());
        }
        boolean home = board.quantities().stream().anyMatch(q -> q.name().equals(Battles.HOME_ADVANTAGE));
        return Optional.of(new RowDifferences.Chances(
                -reach * unit, 2 * reach / STEPS * unit, win, tie, home ? "if it is at home, or shown first" : ""));
    }

    /** The page shows three decimals at most, and a number of sixteen digits is twice the text. */
    private static double rounded(double figure) {
        return Math.rint(1e6 * figure) / 1e6;
    }
}
