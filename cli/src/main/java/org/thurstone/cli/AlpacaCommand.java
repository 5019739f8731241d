package org.thurstone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thurstone eval alpaca}: win rates against a baseline, with and without the help of length. */
@Command(
        name = "alpaca",
        description = {
            "Count win rates against a baseline as AlpacaEval does, with standard errors and controlled for length.",
            "Reads annotations.json, or a table of model, index, preference, len_output_1, len_output_2. Length is taken out",
            "by AlpacaEval's logistic model, from published weights or fitted here."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone eval alpaca --preferences annotations.json --baseline gpt4_1106_preview",
            "  thurstone eval alpaca --preferences all.csv --baseline gpt4_1106_preview --difficulty"
                    + " instruction_difficulty.csv",
            "  thurstone eval alpaca --preferences all.csv --baseline gpt4_1106_preview --difficulty d.csv --weights"
                    + " weights.csv"
        })
final class AlpacaCommand implements Callable<Integer> {

    @Option(
            names = "--preferences",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "What the judge said, of one model or of many.")
    private List<Path> preferences = List.of();

    @Option(names = "--baseline", required = true, paramLabel = "MODEL", description = "Whom all are compared with.")
    private String baseline = "";

    @Option(
            names = "--difficulty",
            paramLabel = "FILE",
            description =
                    "The difficulty of each instruction, by index; else estimated if there are five models or more.")
    private Optional<Path> difficulty = Optional.empty();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Published weights of the length control, by model.")
    private Optional<Path> weights = Optional.empty();

    @Option(
            names = "--gamed",
            split = ",",
            paramLabel = "MODEL",
            description = "Models of the file that are the baseline told to write more or less: they hold the length's"
                    + " weight in place.")
    private List<String> gamed = List.of();

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines; rates and errors in percent. */
    record Document(String baseline, String length_control, List<Model> models) {}

    record Model(
            String model,
            Optional<Double> win_rate,
            Optional<Double> standard_error,
            Optional<Double> length_controlled_win_rate,
            Optional<Double> length_controlled_standard_error,
            double discrete_win_rate,
            int wins,
            int losses,
            int draws,
            int total,
            double average_length) {}

    @Override
    public Integer call() {
        if (weights.isPresent() && difficulty.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--weights wants --difficulty too: the weights are of those difficulties");
        }
        Map<String, List<AlpacaPreference>> byModel = AlpacaFile.read(preferences, baseline);
        Map<String, List<AlpacaPreference>> held = new LinkedHashMap<>();
        for (String model : gamed) {
            held.put(
                    model,
                    Optional.ofNullable(byModel.get(model))
                            .orElseThrow(() ->
                                    new UserError("--gamed names '" + model + "', of which there are no preferences")));
        }
        Optional<Map<String, LengthControl.Weights>> published = weights.map(AlpacaFile::weights);
        boolean estimated = difficulty.isEmpty() && byModel.size() >= Difficulties.FEWEST_MODELS;
        Map<String, Double> difficulties = difficulty
                .map(AlpacaFile::difficulties)
                .orElseGet(() -> estimated ? Difficulties.fit(byModel) : Map.of());
        boolean any = estimated || difficulty.isPresent();
        Map<String, LengthControl> fitted = published.isPresent()
                ? Map.of()
                : LengthControl.fit(byModel, p -> any ? AlpacaFile.difficulty(difficulties, p) : 0, held);
        List<Model> models = new ArrayList<>();
        byModel.forEach((model, all) -> {
            Optional<LengthControl> control = published
                    .flatMap(w -> Optional.ofNullable(w.get(model)))
                    .map(w -> LengthControl.published(w, all, p -> AlpacaFile.difficulty(difficulties, p)))
                    .or(() -> Optional.ofNullable(fitted.get(model)));
            models.add(model(model, WinRate.of(all), control));
        });
        models.sort(Comparator.comparingDouble(
                m -> -m.length_controlled_win_rate().or(m::win_rate).orElse(-1.0)));
        Document document = new Document(
                baseline,
                published.isPresent()
                        ? "published weights"
                        : estimated
                                ? "fitted, with difficulties estimated from these preferences"
                                : any ? "fitted, with the difficulties given" : "fitted, without difficulties",
                models);
        if (json.wanted()) json.print(document);
        else spec.commandLine().getOut().print(TerminalTable.of(table(document), false));
        return CommandLine.ExitCode.OK;
    }

    private static Model model(String name, WinRate rate, Optional<LengthControl> control) {
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

    private static Table table(Document d) {
        return new Table(
                "Against " + d.baseline() + "; length control " + d.length_control(),
                "",
                List.of(
                        Column.text("model"),
                        Column.highest("length-controlled %"),
                        Column.number("± s.e."),
                        Column.highest("win rate %"),
                        Column.number("± s.e."),
                        Column.number("judged"),
                        Column.number("length")),
                d.models().stream()
                        .map(m -> List.of(
                                Cell.text(m.model()),
                                number(m.length_controlled_win_rate()),
                                number(m.length_controlled_standard_error()),
                                number(m.win_rate()),
                                number(m.standard_error()),
                                Cell.count(m.total()),
                                Cell.count(Math.round(m.average_length()))))
                        .toList());
    }

    private static Cell number(Optional<Double> value) {
        return value.map(v -> Cell.number(v, 2)).orElse(Cell.missing());
    }
}
