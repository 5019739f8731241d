package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.offline.OfflineTraining;
import org.thurstone.worlds.language.offline.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thurstone train}: a model learns from a file. */
@Command(
        name = "train",
        description = {
            "Train a model on a file of examples, by any loss.",
            "Examples are comparisons, ratings, rankings or demonstrations. The run directory holds policy/ (the model), metrics.jsonl, tensorboard/, report.html and recipe.yaml.",
            "A run that was stopped resumes when the same command is given again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone train --model models/mine --data pairs.jsonl.gz --output runs/dpo",
            "  thurstone train --model models/mine --data pairs.jsonl --loss simpo \\",
            "      --set loss.beta=2 --set training.epochs=3 --output runs/simpo",
            "  thurstone train --model models/mine --data pairs.jsonl \\",
            "      --set adapter.rank=16 --output runs/lora",
            "  thurstone train --recipe runs/dpo/recipe.yaml \\",
            "      --set training.learning-rate=3e-4 --output runs/c"
        })
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "Recipe with any of these settings; options override it.")
    private Optional<Path> recipe = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Hugging Face model directory, or a directory with a PEFT adapter.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Examples to train on: a file in any format that data inspect knows, a quoted pattern such as"
                    + " \"data/*.jsonl\", or a folder of a Hugging Face data set. May be repeated.")
    private List<String> data = new ArrayList<>();

    @Mixin
    private final ColumnsOption columns = new ColumnsOption();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "Loss, such as dpo, simpo, kto or sft (default: dpo). All: thurstone methods --kind loss.")
    private Optional<String> loss = Optional.empty();

    @Option(names = "--held-out", paramLabel = "FILE", description = "Examples to evaluate on.")
    private Optional<String> heldOut = Optional.empty();

    @Option(
            names = "--held-out-share",
            paramLabel = "SHARE",
            description = "Share of the prompts of --data to hold out for evaluation; 0 for none (default: 0.1).")
    private Optional<String> heldOutShare = Optional.empty();

    @Option(names = "--reference", paramLabel = "DIR", description = "Reference policy (default: the initial policy).")
    private Optional<String> reference = Optional.empty();

    @Option(
            names = "--long-prompts",
            paramLabel = "RULE",
            description =
                    "Rule for prompts that leave no room for a completion: drop, keep-end or refuse (default: drop).")
    private Optional<String> longPrompts = Optional.empty();

    @Option(
            names = "--bad-rows",
            paramLabel = "SHARE",
            description = "Largest share of unreadable rows; above it, training is refused (default: 0.01).")
    private Optional<String> badRows = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = SeedOption.DESCRIPTION)
    private Optional<Long> seed = Optional.empty();

    @Mixin
    private final RecipeSettings settings = new RecipeSettings();

    @Option(names = "--output", required = true, paramLabel = "DIR", description = LoopOptions.RUN_DIRECTORY + ".")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path output;

    @Option(
            names = "--save-every",
            paramLabel = "STEPS",
            defaultValue = "200",
            description = "Steps between saved states; the end of each epoch is saved too (default: ${DEFAULT-VALUE}).")
    private int saveEvery = 200;

    @Mixin
    private final DeviceOption device = new DeviceOption();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines. */
    record Document(String policy, boolean overfitted, long dropped, List<Outcome.Point> evaluations) {}

    @Override
    public Integer call() {
        if (saveEvery < 1) {
            throw new ParameterException(spec.commandLine(), "--save-every must be at least 1");
        }
        OfflineTraining training =
                new OfflineTraining(OfflineTraining.of(written()).recipe(), device.load(), saveEvery);
        PrintWriter told = format.progress();
        ConsoleProgress progress = ConsoleProgress.of(told);
        try (Interruption said = Interruption.says(
                progress,
                told,
                "stopped; run the same command again to resume from the last saved state of " + output)) {
            OfflineTraining.Finished finished = training.in(output, progress);
            progress.clear();
            told.println();
            told.print(finished.report().terminal(false));
            Outcome outcome = finished.outcome();
            told.println("model: " + outcome.policy() + "; report: " + finished.page());
            if (format.json()) {
                format.print(new Document(
                        outcome.policy().toString(), outcome.overfitted(), outcome.dropped(), outcome.evaluations()));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Recipe written() {
        // Spelled out, so that loss.beta is of something.
        Recipe byDefault = Recipe.parse("loss: dpo", "thurstone train");
        Recipe written =
                recipe.map(file -> Recipe.parse(file).withDefaults(byDefault)).orElse(byDefault);
        written = withText(written, "model", model);
        written = data.isEmpty() ? written : written.with("data", data);
        written = withColumns(written);
        written = withText(written, "held-out", heldOut);
        written = withText(written, "reference", reference);
        written = with(written, "held-out-share", heldOutShare);
        written = with(written, "long-prompts", longPrompts);
        written = with(written, "bad-rows", badRows);
        written = with(written, "loss", loss);
        written = with(written, "seed", seed);
        // The order of examples has a seed of its own, which is 0 where the seed is 1, its default.
        written = with(written, "training.seed", seed.map(s -> s - 1));
        return settings.on(written);
    }

    private Recipe withColumns(Recipe written) {
        Recipe named = written;
        for (Map.Entry<String, String> column : columns.columns().entrySet()) {
            named = named.with("columns." + column.getKey(), column.getValue());
        }
        return named;
    }

    private static Recipe with(Recipe recipe, String key, Optional<?> value) {
        return value.map(v -> recipe.with(key + "=" + v)).orElse(recipe);
    }

    /** As it stands, whatever characters a path has. */
    private static Recipe withText(Recipe recipe, String key, Optional<String> text) {
        return text.map(t -> recipe.with(key, t)).orElse(recipe);
    }
}
