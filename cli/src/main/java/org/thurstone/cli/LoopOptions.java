package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.loop.Round;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.tensor.Device;
import org.thurstone.worlds.language.IterativeRun;
import org.thurstone.worlds.language.Learning;
import org.thurstone.worlds.language.LoopRecipe;
import org.thurstone.worlds.language.OnlineRecipe;
import org.thurstone.worlds.language.RunRecipe;
import org.thurstone.worlds.language.RunReport;
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
    record Line(int iteration, double accuracy, double low, double high, int labels) {
        static Line of(Round round) {
            return new Line(
                    round.iteration(),
                    round.evaluation().score().mean(),
                    round.evaluation().score().low(),
                    round.evaluation().score().high(),
                    round.labels());
        }
    }

    /** Runs the recipe, or goes on with it, and says what came of it. */
    void run(Recipe written, Path byDefault) {
        Recipe set = written;
        for (String setting : settings) {
            set = set.with(setting);
        }
        // An online method learns by itself; without one the recipe is a loop that selects pairs.
        RunRecipe recipe = set.root().entries().containsKey("method")
                ? set.bind(OnlineRecipe.class, Catalogue.installed())
                : set.bind(LoopRecipe.class, Catalogue.installed());
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
            try (MetricsLog metrics = MetricsLog.open(run.root())) {
                Learning learning = new Learning(Device.parse(device), metrics, progress);
                IterativeRun.Outcome outcome = new IterativeRun(recipe, run, learning, cache, progress).go();
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
            } finally {
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
        }
    }
}
