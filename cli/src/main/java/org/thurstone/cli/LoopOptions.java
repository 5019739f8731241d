package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.thurstone.elicit.Parked;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.loop.Round;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.statistics.Estimate;
import org.thurstone.worlds.language.IterativeRun;
import org.thurstone.worlds.language.Learning;
import org.thurstone.worlds.language.RunRecipe;
import org.thurstone.worlds.language.RunReport;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code run} and {@code quickstart} share: settings on top of a recipe, a run directory, and what is said at the end. */
final class LoopOptions {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set one value of the recipe, such as loss.beta=0.2; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run directory; one that holds a run of the same recipe is gone on with.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Mixin
    private final Json json = new Json();

    /** An iteration for machines. */
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
        Recipe set = written;
        for (String setting : settings) {
            set = set.with(setting);
        }
        RunRecipe recipe = RunRecipe.bind(set, Catalogue.installed());
        String resolved = Recipe.render((Record) recipe);
        PrintWriter told = json.progress();
        ConsoleProgress progress = ConsoleProgress.of(told);
        Path directory = out.orElse(byDefault);
        try (RunDirectory run = RunDirectory.open(directory, resolved)) {
            Thread interrupted = new Thread(() -> {
                progress.clear();
                told.println("stopped; the same command goes on from the last finished stage of " + directory);
                told.flush();
            });
            Runtime.getRuntime().addShutdownHook(interrupted);
            progress.say((run.resumed() ? "going on with the run in " : "running in ") + directory);
            Path cache = Path.of(System.getProperty("user.home"), ".cache", "thurstone");
            try (MetricsLog metrics = MetricsLog.open(run.root());
                    FileLedger ledger = FileLedger.open(run.root(), run.id())) {
                Learning learning = Learning.on(device, metrics, progress);
                IterativeRun.Outcome outcome = new IterativeRun(recipe, run, ledger, learning, cache, progress).run();
                RunReport report = new RunReport(recipe, resolved, outcome, Main.version());
                report.write(run.path("report.html"));
                progress.clear();
                told.println();
                told.print(report.terminal(false));
                told.println("report: " + run.path("report.html"));
                if (json.wanted()) {
                    json.print(Map.of(
                            "iterations",
                            outcome.rounds().stream().map(Line::of).toList()));
                }
                return CommandLine.ExitCode.OK;
            } catch (Parked parked) {
                progress.clear();
                told.println("parked: " + parked.getMessage() + " (" + run.path("questions.jsonl") + "). Next:");
                told.println("  thurstone questions export " + directory + " --output ask.jsonl");
                told.println("  thurstone answers import " + directory + " ask.jsonl");
                told.println("then run the same command again.");
                told.flush();
                return PARKED;
            } finally {
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
        }
    }
}
