package org.thurstone.rank.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Votes;
import org.thurstone.rank.prediction.Baselines;
import org.thurstone.rank.prediction.Prediction;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.statistics.Estimate;

/**
 * Predictive accuracy of each model on held-out battles.
 *
 * @param all of the models
 * @param baselines of a coin and of the home advantage alone
 */
public record Predictions(int battles, List<Prediction> all, List<Prediction> baselines) {

    public Predictions {
        all = List.copyOf(all);
        baselines = List.copyOf(baselines);
    }

    /**
     * Scores every model's forecasts.
     *
     * @param ranked the votes that the models were fitted to
     * @param votes of the held-out file
     * @throws UserError if the votes are whole orders, or a model makes no forecasts
     */
    public static Predictions of(List<ModelBoards> models, Votes ranked, Votes votes, Path file) {
        if (!(votes instanceof Battles battles)) {
            throw new UserError(file + " contains orders: only battles can be predicted");
        }
        List<Prediction> all = new ArrayList<>();
        for (ModelBoards each : models) {
            all.add(Prediction.of(
                    each.board().model(),
                    each.board()
                            .forecast()
                            .orElseThrow(() -> new UserError(
                                    each.board().model() + " makes no predictions: omit it, or --predict")),
                    battles));
        }
        return new Predictions(battles.count(), all, Baselines.of(ranked.tally(), battles));
    }

    /**
     * Log-loss, Brier score and accuracy per model and baseline. Those go by the point that the items share, so that models with and without ties are
     * comparable; the last column is the log-loss of the three outcomes, for models that give ties a probability.
     */
    public Table table() {
        List<Prediction> rows = Stream.concat(all.stream(), baselines.stream()).toList();
        boolean ties = all.stream().anyMatch(p -> p.outcomeLogLoss().isPresent());
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("method"),
                Column.lowest("log-loss"),
                Column.lowest("Brier"),
                Column.highest("accuracy"),
                Column.number("unknown items")));
        if (ties) {
            columns.add(Column.lowest("log-loss with ties"));
        }
        return new Table(
                "Predictions of " + Count.of(battles, "held-out battle") + ", 95 % intervals",
                "",
                columns,
                rows.stream().map(p -> cells(p, ties)).toList());
    }

    private static List<Cell> cells(Prediction p, boolean ties) {
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.text(p.model()),
                cell(p.logLoss()),
                cell(p.brier()),
                Cell.percent(
                        p.accuracy().mean(), p.accuracy().low(), p.accuracy().high()),
                Cell.count(p.unknown())));
        if (ties) {
            cells.add(p.outcomeLogLoss().map(Predictions::cell).orElse(Cell.missing()));
        }
        return cells;
    }

    private static Cell cell(Estimate e) {
        return Double.isNaN(e.low()) ? Cell.number(e.mean(), 4) : Cell.number(e.mean(), e.low(), e.high(), 4);
    }

    /** The JSON document: the models, then the baselines, which are marked as such. */
    public List<Map<String, Object>> document() {
        return Stream.concat(all.stream(), baselines.stream())
                .map(p -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("model", p.model());
                    one.put("battles", battles);
                    one.put("unknown", p.unknown());
                    put(one, "log_loss", p.logLoss());
                    put(one, "brier", p.brier());
                    put(one, "accuracy", p.accuracy());
                    p.outcomeLogLoss().ifPresent(loss -> put(one, "log_loss_with_ties", loss));
                    one.put("baseline", baselines.contains(p));
                    return one;
                })
                .toList();
    }

    private static void put(Map<String, Object> into, String name, Estimate e) {
        into.put(name, e.mean());
        if (!Double.isNaN(e.low())) {
            into.put(name + "_low", e.low());
            into.put(name + "_high", e.high());
        }
    }
}
