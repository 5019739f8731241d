package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.offline.OfflineRecipe;
import org.thurstone.worlds.language.offline.OfflineTraining;
import org.thurstone.worlds.language.offline.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code thurstone train}: a model learns from a file. */
@Command(
        name = "train",
        description = {
            "Train a model on a file of comparisons, ratings, rankings or demonstrations, by any loss.",
            "--out becomes a run directory: policy/ (the model), metrics.jsonl, tensorboard/, report.html, recipe.yaml.",
            "A run that was stopped goes on where it was when the same command is given again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone train --policy models/stories260k --data pairs.jsonl.gz --loss dpo --set loss.beta=0.1 --out runs/dpo",
            "  thurstone train --policy models/mine --data pairs.jsonl --held-out eval.jsonl --set training.epochs=3 --out runs/b",
            "  thurstone train --policy models/mine --data pairs.jsonl --set adapter.rank=16 --out runs/lora",
            "  thurstone train --recipe runs/dpo/recipe.yaml --set training.learning-rate=3e-4 --out runs/c"
        })
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "A YAML file with any of these settings; options win over it.")
    private Optional<Path> recipe = Optional.empty();

    @Option(names = "--policy", paramLabel = "DIR", description = "The model to start from.")
    private Optional<String> policy = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "What to learn from, in any format that data inspect knows.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "dpo, simpo, kto, sft, …: thurstone methods --kind loss.")
    private Optional<String> loss = Optional.empty();

    @Option(names = "--held-out", paramLabel = "FILE", description = "What to evaluate on.")
    private Optional<String> heldOut = Optional.empty();

    @Option(
            names = "--held-out-share",
            paramLabel = "SHARE",
            description = "The share of the data's prompts to evaluate on instead (0.1 unless said); 0 for none.")
    private Optional<String> heldOutShare = Optional.empty();

    @Option(
            names = "--reference",
            paramLabel = "DIR",
            description = "What the loss holds on to; the policy at its start unless said.")
    private Optional<String> reference = Optional.empty();

    @Option(
            names = "--long-prompts",
            paramLabel = "WHAT",
            description = "Prompts that leave no room for a completion: drop (unless said), keep-end or refuse.")
    private Optional<String> longPrompts = Optional.empty();

    @Option(
            names = "--bad-rows",
            paramLabel = "SHARE",
            description = "The share of unreadable rows above which nothing is trained (0.01 unless said).")
    private Optional<String> badRows = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Any other setting: loss.beta=0.2, training.epochs=3, training.learning-rate=1e-4, adapter.rank=16, seed=2.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The run directory; one that holds a run of the same recipe is gone on with.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path out;

    @Option(
            names = "--save-every",
            paramLabel = "STEPS",
            defaultValue = "200",
            description =
                    "Steps from one saved state to the next; each epoch's end saves too (default: ${DEFAULT-VALUE}).")
    private int saveEvery = 200;

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines. */
    record Document(String policy, boolean overfitted, long dropped, List<Outcome.Point> evaluations) {}

    @Override
    public Integer call() {
        if (saveEvery < 1) {
            throw new ParameterException(spec.commandLine(), "--save-every has to be at least 1");
        }
        OfflineRecipe bound = written().bind(OfflineRecipe.class, Catalogue.installed());
        OfflineTraining training = new OfflineTraining(bound, ModelOptions.on(spec, device), saveEvery, Main.version());
        PrintWriter told = json.progress();
        ConsoleProgress progress = ConsoleProgress.of(told);
        try (Interruption said = Interruption.says(
                progress, told, "stopped; the same command goes on from the last saved state of " + out)) {
            OfflineTraining.Finished finished = training.in(out, progress);
            progress.clear();
            told.println();
            told.print(finished.report().terminal(false));
            Outcome outcome = finished.outcome();
            told.println("model: " + outcome.policy() + "; report: " + finished.page());
            if (json.wanted()) {
                json.print(new Document(
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
        written = with(written, "policy", policy.map(TrainCommand::quoted));
        written = with(written, "data", data.map(TrainCommand::quoted));
        written = with(written, "held-out", heldOut.map(TrainCommand::quoted));
        written = with(written, "reference", reference.map(TrainCommand::quoted));
        written = with(written, "held-out-share", heldOutShare);
        written = with(written, "long-prompts", longPrompts);
        written = with(written, "bad-rows", badRows);
        written = with(written, "loss", loss);
        for (String setting : settings) {
            written = written.with(setting);
        }
        return written;
    }

    private static Recipe with(Recipe recipe, String key, Optional<String> value) {
        return value.map(v -> recipe.with(key + "=" + v)).orElse(recipe);
    }

    /** As it stands, whatever characters a path has. */
    private static String quoted(String path) {
        return JsonMapper.shared().writeValueAsString(path);
    }
}
