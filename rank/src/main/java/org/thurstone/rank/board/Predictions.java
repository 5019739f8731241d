package org.thurstone.rank.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Votes;
import org.thurstone.rank.prediction.Prediction;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.statistics.Estimate;

/** Predictive accuracy of each model on held-out battles. */
public record Predictions(int battles, List<Prediction> all) {

    public Predictions {
        all = List.copyOf(all);
    }

    /**
     * Scores every model's forecasts.
     *
     * @param votes of the held-out file
     * @throws UserError if the votes are whole orders, or a model makes no forecasts
     */
    public static Predictions of(List<ModelBoards> models, Votes votes, Path file) {
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
        return new Predictions(battles.count(), all);
    }

    /** Log-loss, Brier score and accuracy per model. */
    public Table table() {
        return new Table(
                "Predictions of " + Count.of(battles, "held-out battle") + ", 95 % intervals",
                "",
                List.of(
                        Column.text("method"),
                        Column.lowest("log-loss"),
                        Column.lowest("Brier"),
                        Column.highest("accuracy"),
                        Column.number("unknown items")),
                all.stream()
                        .map(p -> List.of(
                                Cell.text(p.model()),
                                cell(p.logLoss()),
                                cell(p.brier()),
                                Cell.percent(
                                        p.accuracy().mean(),
                                        p.accuracy().low(),
                                        p.accuracy().high()),
                                Cell.count(p.unknown())))
                        .toList());
    }

    private static Cell cell(Estimate e) {
        return Double.isNaN(e.low()) ? Cell.number(e.mean(), 4) : Cell.number(e.mean(), e.low(), e.high(), 4);
    }

    /** The JSON document. */
    public List<Map<String, Object>> document() {
        return all.stream()
                .map(p -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("model", p.model());
                    one.put("battles", battles);
                    one.put("unknown", p.unknown());
                    put(one, "log_loss", p.logLoss());
                    put(one, "brier", p.brier());
                    put(one, "accuracy", p.accuracy());
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
