package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.thurstone.elicit.Parked;
import org.thurstone.loop.Round;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.statistics.Estimate;
import org.thurstone.worlds.endpoint.EndpointRecipe;
import org.thurstone.worlds.endpoint.EndpointRun;
import org.thurstone.worlds.language.RecipeRun;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code run} and {@code quickstart}: settings of the recipe, the run directory, and the output at the end. */
final class LoopOptions {

    /** The description of the run directory in the help of all commands. */
    static final String RUN_DIRECTORY = "Run directory. If it contains a run of the same recipe, that run is resumed";

    @Mixin
    private final RecipeSettings settings = new RecipeSettings();

    @Option(names = "--seed", paramLabel = "N", description = SeedOption.DESCRIPTION)
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = RUN_DIRECTORY + " (default: runs/NAME, where NAME is the name of the recipe).")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private final TemplateOptions template = new TemplateOptions();

    @Mixin
    private final DeviceOption device = new DeviceOption();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    /** An iteration in the JSON output. */
    record Line(int iteration, OptionalDouble accuracy, OptionalDouble low, OptionalDouble high, int labels) {
        static Line of(Round round) {
            Optional<Estimate> score = round.evaluation().score();
            return new Line(
                    round.iteration(),
                    of(score, Estimate::mean),
                    of(score, Estimate::low),
                    of(score, Estimate::high),
                    round.labels());
        }

        private static OptionalDouble of(Optional<Estimate> score, ToDoubleFunction<Estimate> value) {
            return score.map(s -> OptionalDouble.of(value.applyAsDouble(s))).orElse(OptionalDouble.empty());
        }
    }

    /** Exit code of a run that waits for answers: sysexits.h's EX_TEMPFAIL, "try again later". */
    static final int PARKED = 75;

    /** Runs the recipe, or resumes it, and prints the result. @return the exit code */
    int run(Recipe written, Path byDefault) {
        Recipe seeded = seed.map(s -> written.with("seed=" + s)).orElse(written);
        Path directory = output.orElse(byDefault);
        if (EndpointRecipe.describes(settings.on(seeded))) {
            return endpoint(EndpointRecipe.bind(settings.on(seeded), Catalogue.installed()), directory);
        }
        RecipeRun loaded = RecipeRun.of(settings.on(template.on(seeded)));
        RecipeRun run = device.on(loaded::on);
        PrintWriter told = format.progress();
        ConsoleProgress progress = ConsoleProgress.of(told);
        try (Interruption said = Interruption.says(
                progress,
                told,
                () -> RecipeRun.resumable(directory)
                        ? "stopped; run the same command again to resume from the last finished stage of " + directory
                        : "stopped before the first finished stage; run the same command again to start anew")) {
            RecipeRun.Finished finished = run.in(directory, progress);
            progress.clear();
            told.println();
            told.print(finished.report().terminal(false));
            told.println("report: " + finished.page());
            if (format.json()) {
                format.print(Map.of(
                        "iterations",
                        finished.outcome().rounds().stream().map(Line::of).toList(),
                        "warnings",
                        WarningDocument.of(finished.report().warnings())));
            }
            return CommandLine.ExitCode.OK;
        } catch (Parked parked) {
            return parked(parked, directory, progress, told);
        }
    }

    private static int parked(Parked parked, Path directory, ConsoleProgress progress, PrintWriter told) {
        progress.clear();
        told.println("parked: " + parked.getMessage() + " (" + directory.resolve("questions.jsonl") + "). Next:");
        told.println("  thurstone questions export " + directory + " --output ask.jsonl");
        told.println("  thurstone answers import " + directory + " ask.jsonl");
        told.println("then run the same command again.");
        told.flush();
        return PARKED;
    }

    /** Runs a recipe whose policy is behind an endpoint. */
    private int endpoint(EndpointRecipe recipe, Path directory) {
        PrintWriter told = format.progress();
        ConsoleProgress progress = ConsoleProgress.of(told);
        try (Interruption said = Interruption.says(
                progress,
                told,
                () -> "stopped; run the same command again: what was answered is kept in " + directory)) {
            EndpointRun.Finished finished = EndpointRun.of(recipe).in(directory, progress);
            progress.clear();
            told.println();
            told.print(finished.table());
            Path pairs = directory.resolve(EndpointRun.PAIRS);
            told.println("pairs: " + pairs + " (" + finished.pairs() + "); for a fine-tuning service:");
            told.println("  thurstone data convert " + pairs + " --to openai-preference --output upload.jsonl");
            told.println("report: " + finished.page());
            if (format.json()) {
                format.print(Map.of(
                        "completions", finished.completions(),
                        "pairs", finished.pairs(),
                        "models", finished.models().answers()));
            }
            return CommandLine.ExitCode.OK;
        } catch (Parked parked) {
            return parked(parked, directory, progress, told);
        }
    }
}
