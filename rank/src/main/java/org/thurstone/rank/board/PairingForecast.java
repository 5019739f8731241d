package org.thurstone.rank.board;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Board;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomePredictor;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.certainty.Contrast;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;

/**
 * The outcome of a battle of two items, as a model predicts it. Intervals go by that of the difference of the two ratings; the tie probability of
 * equal items and a home advantage are taken as they are.
 *
 * @param model its name
 * @param win the probability that the left item wins
 * @param tie 0 where the model has no ties: a tie is then half a win for each
 * @param loss the probability that the right item wins
 */
public record PairingForecast(String model, String left, String right, Chance win, Chance tie, Chance loss) {

    /**
     * A probability.
     *
     * @param low the lower end of its interval; NaN where the method has no intervals of differences
     * @param high the upper end
     */
    public record Chance(double probability, double low, double high) {}

    /** Empty where the board makes no predictions, or not for these items. */
    static Optional<PairingForecast> of(Board board, String left, String right, double level) {
        Battle battle = Battle.of(left, right, Outcome.TIE);
        return board.forecast()
                .flatMap(forecast -> forecast.chances(battle).map(chances -> {
                    List<OutcomeProbabilities> within = board.differences()
                            .flatMap(errors -> Contrast.of(errors, left, right, level))
                            .map(contrast -> within(forecast, battle, contrast))
                            .orElse(List.of());
                    return new PairingForecast(
                            board.model(),
                            left,
                            right,
                            chance(chances.left(), within.stream().mapToDouble(OutcomeProbabilities::left)),
                            chance(chances.tie(), within.stream().mapToDouble(OutcomeProbabilities::tie)),
                            chance(chances.right(), within.stream().mapToDouble(OutcomeProbabilities::right)));
                }));
    }

    /** The probabilities at both ends of the difference's interval, and where ties are most probable if that is between. */
    private static List<OutcomeProbabilities> within(OutcomePredictor forecast, Battle battle, Contrast contrast) {
        double even = -contrast.difference();
        double low = contrast.low() - contrast.difference();
        double high = contrast.high() - contrast.difference();
        return DoubleStream.of(low, high, Math.clamp(even, low, high))
                .mapToObj(by -> forecast.chances(battle, by))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Chance chance(double probability, DoubleStream within) {
        double[] ends = within.sorted().toArray();
        return ends.length == 0
                ? new Chance(probability, Double.NaN, Double.NaN)
                : new Chance(probability, ends[0], ends[ends.length - 1]);
    }

    /**
     * A row per model.
     *
     * @param level of the intervals, within (0, 1)
     */
    public static Table table(List<PairingForecast> forecasts, double level) {
        PairingForecast first = forecasts.getFirst();
        boolean sure = forecasts.stream().anyMatch(f -> !Double.isNaN(f.win().low()));
        return new Table(
                first.left() + " against " + first.right()
                        + (sure ? ", " + BoardCharts.percent(level) + " intervals" : ""),
                "",
                List.of(
                        Table.Column.text("method"),
                        Table.Column.number(first.left() + " wins"),
                        Table.Column.number("tie"),
                        Table.Column.number(first.right() + " wins")),
                forecasts.stream()
                        .map(f -> List.of(Cell.text(f.model()), cell(f.win()), cell(f.tie()), cell(f.loss())))
                        .toList());
    }

    private static Cell cell(Chance chance) {
        if (chance.probability() == 0) {
            return Cell.missing();
        }
        return Double.isNaN(chance.low()) || chance.low() == chance.high()
                ? Cell.percent(chance.probability())
                : Cell.percent(chance.probability(), chance.low(), chance.high());
    }
}
