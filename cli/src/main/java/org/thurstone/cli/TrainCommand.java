package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Recipe;
import org.thurstone.recipe.Rename;
import org.thurstone.worlds.language.offline.OfflineTraining;
import org.thurstone.worlds.language.offline.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thurstone train}: trains a model on a file of examples, with any loss. */
@Command(
        name = "train",
        description = {
            "Train a model on a file of examples, with any loss.",
            "Examples are comparisons, ratings, rankings or demonstrations. The run directory contains policy/ (the"
                    + " model with the lowest held-out loss), last/ (the model after the last step), metrics.jsonl,"
                    + " tensorboard/, report.html and recipe.yaml.",
            "To resume a run that was stopped, give the same command again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone train --model models/mine --data pairs.jsonl.gz --output runs/dpo",
            "  thurstone train --model models/mine --data pairs.jsonl --loss simpo \\",
            "      --beta 2 --epochs 3 --output runs/simpo",
            "  thurstone train --model models/mine --data pairs.jsonl \\",
            "      --set adapter.rank=16 --output runs/lora",
            "  thurstone train --recipe runs/dpo/recipe.yaml \\",
            "      --learning-rate 3e-6 --output runs/c"
        })
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "Recipe with training settings; options override it.")
    private Optional<Path> recipe = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Hugging Face model directory, GGUF file, or a directory with a PEFT adapter.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "Examples to train on: a file in any format that data inspect recognises, a quoted pattern such as"
                            + " \"data/*.jsonl\", or a folder of a Hugging Face data set. May be repeated.")
    private List<String> data = new ArrayList<>();

    @Mixin
    private final ColumnsOption columns = new ColumnsOption();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "Loss, such as dpo, simpo, kto or sft (default: dpo). All: thurstone methods --kind loss.")
    private Optional<String> loss = Optional.empty();

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "Peak learning rate (default: depends on the loss and on whether an adapter is trained).")
    private Optional<String> learningRate = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "Number of passes over the data (default: 1).")
    private Optional<String> epochs = Optional.empty();

    @Option(names = "--batch-size", paramLabel = "N", description = "Examples per step (default: 32).")
    private Optional<String> batchSize = Optional.empty();

    @Option(names = "--beta", paramLabel = "BETA", description = "Beta of the loss (default: depends on the loss).")
    private Optional<String> beta = Optional.empty();

    @Option(names = "--held-out", paramLabel = "FILE", description = "File of examples for evaluation.")
    private Optional<String> heldOut = Optional.empty();

    @Option(
            names = "--held-out-share",
            paramLabel = "SHARE",
            description = "Share of the prompts of --data to hold out for evaluation; 0 for none (default: 0.1).")
    private Optional<String> heldOutShare = Optional.empty();

    @Option(names = "--reference", paramLabel = "DIR", description = "Reference policy (default: the initial policy).")
    private Optional<String> reference = Optional.empty();

    @Option(
            names = "--turns",
            paramLabel = "WHICH",
            description = "Assistant turns to train on: last or all (default: last).")
    private Optional<String> turns = Optional.empty();

    @Option(
            names = "--max-length",
            paramLabel = "TOKENS",
            description = "Maximum number of tokens of prompt and completion together (default: the model's context).")
    private Optional<Integer> maxLength = Optional.empty();

    @Option(
            names = "--apply-chat-template",
            description = "Render raw text with the chat template, as one user turn and one assistant turn.")
    private boolean applyChatTemplate;

    @Mixin
    private final TemplateOptions template = new TemplateOptions();

    @Option(
            names = "--long-prompts",
            paramLabel = "RULE",
            description =
                    "What to do with prompts that leave no room for a completion: drop, keep-end or refuse (default:"
                            + " drop).")
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

    /** The JSON output. */
    record Document(
            String policy,
            Optional<String> last,
            double policyEpoch,
            boolean overfitted,
            long dropped,
            List<WarningDocument> warnings,
            List<Outcome.Point> evaluations) {}

    @Override
    public Integer call() {
        if (saveEvery < 1) {
            throw new ParameterException(spec.commandLine(), "--save-every must be at least 1");
        }
        Recipe written = written();
        missing(written, "model", "--model is missing: the Hugging Face model directory or GGUF file to start from");
        missing(written, "data", "--data is missing: the examples to train on");
        OfflineTraining training =
                new OfflineTraining(OfflineTraining.of(written).recipe(), device.load(), saveEvery);
        PrintWriter told = format.progress();
        ConsoleProgress progress = ConsoleProgress.of(told);
        try (Interruption said = Interruption.says(
                progress,
                told,
                () -> OfflineTraining.resumable(output)
                        ? "stopped; run the same command again to resume from the last saved state of " + output
                        : "stopped before the first saved state; run the same command again to start anew")) {
            OfflineTraining.Finished finished = training.in(output, progress);
            progress.clear();
            told.println();
            told.print(finished.report().terminal(false));
            Outcome outcome = finished.outcome();
            told.println("model: " + outcome.policy()
                    + outcome.last().map(last -> "; last: " + last).orElse("") + "; report: " + finished.page());
            if (format.json()) {
                format.print(new Document(
                        outcome.policy().toString(),
                        outcome.last().map(Path::toString),
                        outcome.policyEpoch(),
                        outcome.overfitted(),
                        outcome.dropped(),
                        WarningDocument.of(outcome.warnings()),
                        outcome.evaluations()));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** Says which option gives what the recipe lacks; an old name of it is for the recipe to refuse. */
    private void missing(Recipe written, String key, String message) {
        boolean renamed = Rename.ALL.stream()
                .anyMatch(r -> r.now().equals(key) && written.root().entries().containsKey(r.old()));
        if (!renamed && !written.root().entries().containsKey(key)) {
            throw new ParameterException(spec.commandLine(), message);
        }
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
        written = with(written, "turns", turns);
        written = with(written, "max-length", maxLength);
        written = applyChatTemplate ? written.with("apply-chat-template=true") : written;
        written = template.on(written);
        written = with(written, "long-prompts", longPrompts);
        written = with(written, "bad-rows", badRows);
        written = with(written, "loss", loss);
        written = with(written, "loss.beta", beta);
        written = with(written, "training.learning-rate", learningRate);
        written = with(written, "training.epochs", epochs);
        written = with(written, "training.batch-size", batchSize);
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

    /** Sets a key to a text that is not parsed as YAML, such as a path with special characters. */
    private static Recipe withText(Recipe recipe, String key, Optional<String> text) {
        return text.map(t -> recipe.with(key, t)).orElse(recipe);
    }
}
