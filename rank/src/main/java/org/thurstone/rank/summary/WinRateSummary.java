package org.thurstone.rank.summary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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
import org.thurstone.statistics.Estimate;

/**
 * Win rates against a baseline as AlpacaEval counts them, with and without control for length.
 *
 * @param lengthControl how length was controlled for, in words
 * @param remarks that are needed to interpret the rates, one sentence each
 * @param models the best first
 */
public record WinRateSummary(String baseline, String lengthControl, List<String> remarks, List<Model> models) {

    /**
     * Files to read.
     *
     * @param preferences what the judge said, of one model or of many
     * @param difficulty where the difficulty of each instruction is from
     * @param weights published weights of the length control, which need difficulties from a file
     * @param gamed models that are the baseline asked to write more or less; they pin the weight of length
     */
    public record Sources(
            List<Path> preferences,
            String baseline,
            Difficulty difficulty,
            Optional<Path> weights,
            List<String> gamed) {
        public Sources {
            preferences = List.copyOf(preferences);
            gamed = List.copyOf(gamed);
            if (weights.isPresent() && !(difficulty instanceof Difficulty.Given)) {
                throw new IllegalArgumentException("weights need the difficulties that they were fitted with");
            }
        }
    }

    /** Where the difficulties of instructions are from. */
    public sealed interface Difficulty {
        /** The term of difficulty is left out. */
        record Omitted() implements Difficulty {}

        /** Estimated together with the weights of five models or more. */
        record Estimated() implements Difficulty {}

        /** Read from a file, by the index of the instruction. */
        record Given(Path file) implements Difficulty {}
    }

    /**
     * One model; rates and errors in percent, lengths in characters.
     *
     * @param low the lower end of Wilson's 95 % interval of the win rate, which has a width also where every preference is the same; graded preferences
     *     scatter less than wins and losses, so that it is wider than necessary
     * @param high the upper end
     */
    public record Model(
            String model,
            Optional<Double> winRate,
            Optional<Double> standardError,
            Optional<Double> low,
            Optional<Double> high,
            Optional<Double> lengthControlledWinRate,
            Optional<Double> lengthControlledStandardError,
            double discreteWinRate,
            int wins,
            int losses,
            int draws,
            int total,
            double averageLength) {

        static Model of(String name, WinRate rate, Optional<LengthControl> control) {
            Estimate share = Estimate.ofShare(rate.winRate() / 100 * rate.total(), rate.total());
            return new Model(
                    name,
                    Interval.finite(rate.winRate()),
                    Interval.finite(rate.standardError()),
                    Interval.finite(100 * share.low()),
                    Interval.finite(100 * share.high()),
                    control.map(LengthControl::winRate).filter(Double::isFinite),
                    control.map(LengthControl::standardError).filter(Double::isFinite),
                    rate.discreteWinRate(),
                    rate.wins(),
                    rate.losses(),
                    rate.draws(),
                    rate.total(),
                    rate.averageLength());
        }

        /** The win rate with its interval, in percent. */
        Cell rate() {
            return winRate.map(rate -> low.isPresent() && high.isPresent()
                            ? Cell.number(rate, low.get(), high.get(), 2)
                            : Cell.number(rate, 2))
                    .orElse(Cell.missing());
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
        Map<String, Double> difficulties = switch (sources.difficulty()) {
            case Difficulty.Omitted o -> Map.of();
            case Difficulty.Estimated e -> Difficulties.fit(byModel);
            case Difficulty.Given given -> AlpacaFile.difficulties(given.file());
        };
        boolean omitted = sources.difficulty() instanceof Difficulty.Omitted;
        ToDoubleFunction<AlpacaPreference> difficulty = p -> omitted ? 0 : AlpacaFile.difficulty(difficulties, p);
        boolean together = sources.difficulty() instanceof Difficulty.Estimated && gamed.isEmpty();
        Map<String, LengthControl> fitted = published.isPresent()
                ? Map.of()
                : together
                        ? LengthControl.fitTogether(byModel, difficulty)
                        : LengthControl.fit(byModel, difficulty, gamed);
        List<Model> models = new ArrayList<>();
        byModel.forEach((model, all) -> {
            Optional<LengthControl> control = published
                    .flatMap(w -> Optional.ofNullable(w.get(model)))
                    .map(w -> LengthControl.published(w, all, difficulty))
                    .or(() -> Optional.ofNullable(fitted.get(model)));
            models.add(Model.of(model, WinRate.of(all), control));
        });
        models.sort(Comparator.comparingDouble(
                m -> -m.lengthControlledWinRate().or(m::winRate).orElse(-1.0)));
        return new WinRateSummary(
                sources.baseline(),
                published.isPresent() ? "published weights" : method(sources.difficulty()),
                remarks(sources.difficulty()),
                models);
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

    private static String method(Difficulty difficulty) {
        return switch (difficulty) {
            case Difficulty.Omitted o -> "fitted, without difficulties";
            case Difficulty.Estimated e -> "fitted, with difficulties estimated from these preferences";
            case Difficulty.Given given -> "fitted, with the difficulties given";
        };
    }

    private static List<String> remarks(Difficulty difficulty) {
        return switch (difficulty) {
            case Difficulty.Omitted o ->
                List.of("Without the difficulties of the instructions, the length-controlled rate is not AlpacaEval's"
                        + " number; --difficulty gives them");
            case Difficulty.Estimated e ->
                List.of("Difficulties are estimated from all models together: the length-controlled rates change when"
                        + " a model is added, and they are not AlpacaEval's numbers");
            case Difficulty.Given given -> List.of();
        };
    }

    /** A table for a terminal. */
    public String text() {
        String table = TerminalTable.of(
                new Table(
                        "Against " + baseline + "; length control " + lengthControl,
                        "",
                        List.of(
                                Column.text("model"),
                                Column.highest("length-controlled %"),
                                Column.number("± s.e."),
                                Column.highest("win rate % (95 %)"),
                                Column.number("± s.e."),
                                Column.number("judged"),
                                Column.number("length")),
                        models.stream()
                                .map(m -> List.of(
                                        Cell.text(m.model()),
                                        number(m.lengthControlledWinRate()),
                                        number(m.lengthControlledStandardError()),
                                        m.rate(),
                                        number(m.standardError()),
                                        Cell.count(m.total()),
                                        Cell.count(Math.round(m.averageLength()))))
                                .toList()),
                false);
        return table + remarks.stream().map(remark -> remark + ".\n").collect(Collectors.joining());
    }

    private static Cell number(Optional<Double> value) {
        return value.map(v -> Cell.number(v, 2)).orElse(Cell.missing());
    }
}
