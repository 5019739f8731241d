package org.thurstone.rank.summary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.rank.evaluation.AlpacaFile;
import org.thurstone.rank.evaluation.AlpacaPreference;
import org.thurstone.rank.evaluation.Difficulties;
import org.thurstone.rank.evaluation.LengthControl;
import org.thurstone.rank.evaluation.WinRate;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;

/**
 * Win rates against a baseline as AlpacaEval counts them, with and without control for length.
 *
 * @param lengthControl how length was controlled for, in words
 * @param models the best first
 */
public record WinRateSummary(String baseline, String lengthControl, List<Model> models) {

    /**
     * Files to read.
     *
     * @param preferences what the judge said, of one model or of many
     * @param difficulty the difficulty of each instruction; if empty, it is estimated from five models or more
     * @param weights published weights of the length control, which need {@code difficulty}
     * @param gamed models that are the baseline asked to write more or less; they pin the weight of length
     */
    public record Sources(
            List<Path> preferences,
            String baseline,
            Optional<Path> difficulty,
            Optional<Path> weights,
            List<String> gamed) {
        public Sources {
            preferences = List.copyOf(preferences);
            gamed = List.copyOf(gamed);
            if (weights.isPresent() && difficulty.isEmpty()) {
                throw new IllegalArgumentException("weights need the difficulties that they were fitted with");
            }
        }
    }

    /** One model; rates and errors in percent, lengths in characters. */
    public record Model(
            String model,
            Optional<Double> winRate,
            Optional<Double> standardError,
            Optional<Double> lengthControlledWinRate,
            Optional<Double> lengthControlledStandardError,
            double discreteWinRate,
            int wins,
            int losses,
            int draws,
            int total,
            double averageLength) {

        static Model of(String name, WinRate rate, Optional<LengthControl> control) {
            return new Model(
                    name,
                    Interval.finite(rate.winRate()),
                    Interval.finite(rate.standardError()),
                    control.map(LengthControl::winRate).filter(Double::isFinite),
                    control.map(LengthControl::standardError).filter(Double::isFinite),
                    rate.discreteWinRate(),
                    rate.wins(),
                    rate.losses(),
                    rate.draws(),
                    rate.total(),
                    rate.averageLength());
        }
    }

    /**
     * Reads the preferences and counts.
     *
     * @throws UserError if a file cannot be read or a gamed model has no preferences
     */
    public static WinRateSummary of(Sources sources) {
        Map<String, List<AlpacaPreference>> byModel = AlpacaFile.read(sources.preferences(), sources.baseline());
        Map<String, List<AlpacaPreference>> gamed = gamed(sources, byModel);
        Optional<Map<String, LengthControl.Weights>> published =
                sources.weights().map(AlpacaFile::weights);
        boolean estimated = sources.difficulty().isEmpty() && byModel.size() >= Difficulties.FEWEST_MODELS;
        Map<String, Double> difficulties = sources.difficulty()
                .map(AlpacaFile::difficulties)
                .orElseGet(() -> estimated ? Difficulties.fit(byModel) : Map.of());
        boolean known = estimated || sources.difficulty().isPresent();
        Map<String, LengthControl> fitted = published.isPresent()
                ? Map.of()
                : LengthControl.fit(byModel, p -> known ? AlpacaFile.difficulty(difficulties, p) : 0, gamed);
        List<Model> models = new ArrayList<>();
        byModel.forEach((model, all) -> {
            Optional<LengthControl> control = published
                    .flatMap(w -> Optional.ofNullable(w.get(model)))
                    .map(w -> LengthControl.published(w, all, p -> AlpacaFile.difficulty(difficulties, p)))
                    .or(() -> Optional.ofNullable(fitted.get(model)));
            models.add(Model.of(model, WinRate.of(all), control));
        });
        models.sort(Comparator.comparingDouble(
                m -> -m.lengthControlledWinRate().or(m::winRate).orElse(-1.0)));
        return new WinRateSummary(sources.baseline(), method(published.isPresent(), estimated, known), models);
    }

    private static Map<String, List<AlpacaPreference>> gamed(
            Sources sources, Map<String, List<AlpacaPreference>> byModel) {
        Map<String, List<AlpacaPreference>> gamed = new LinkedHashMap<>();
        for (String model : sources.gamed()) {
            gamed.put(
                    model,
                    Optional.ofNullable(byModel.get(model))
                            .orElseThrow(() ->
                                    new UserError("--gamed names '" + model + "', of which there are no preferences")));
        }
        return gamed;
    }

    private static String method(boolean published, boolean estimated, boolean known) {
        if (published) {
            return "published weights";
        }
        if (estimated) {
            return "fitted, with difficulties estimated from these preferences";
        }
        return known ? "fitted, with the difficulties given" : "fitted, without difficulties";
    }

    /** A table for a terminal. */
    public String text() {
        return TerminalTable.of(
                new Table(
                        "Against " + baseline + "; length control " + lengthControl,
                        "",
                        List.of(
                                Column.text("model"),
                                Column.highest("length-controlled %"),
                                Column.number("± s.e."),
                                Column.highest("win rate %"),
                                Column.number("± s.e."),
                                Column.number("judged"),
                                Column.number("length")),
                        models.stream()
                                .map(m -> List.of(
                                        Cell.text(m.model()),
                                        number(m.lengthControlledWinRate()),
                                        number(m.lengthControlledStandardError()),
                                        number(m.winRate()),
                                        number(m.standardError()),
                                        Cell.count(m.total()),
                                        Cell.count(Math.round(m.averageLength()))))
                                .toList()),
                false);
    }

    private static Cell number(Optional<Double> value) {
        return value.map(v -> Cell.number(v, 2)).orElse(Cell.missing());
    }
}
