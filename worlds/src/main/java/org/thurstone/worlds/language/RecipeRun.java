package org.thurstone.worlds.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.thurstone.elicit.Parked;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.report.Version;
import org.thurstone.tensor.Device;

/**
 * Runs a recipe in a directory: the entry point for commands, servers and programs, which may provide respondents.
 *
 * <pre>{@code
 * RecipeRun.of(Recipe.parse(Path.of("my.yaml")))     // annotator: {given: editor}
 *         .with("editor", new Editor())
 *         .in(Path.of("runs/my"), Progress.SILENT);
 * }</pre>
 *
 * @param device {@code auto} (CUDA where there is a device, else the CPU), {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param cache a directory for data that is costly to compute and is reused by other runs, such as embeddings of a judge's training data
 * @param given respondents of the calling program, by their names in the recipe
 */
public record RecipeRun(RunRecipe recipe, String device, Path cache, Map<String, Respondent> given) {

    /**
     * A finished run.
     *
     * @param page where its report lies
     */
    public record Finished(IterativeRun.Outcome outcome, RunReport report, Path page) {}

    public RecipeRun {
        Device.parse(device); // refuses an invalid device
        given = Map.copyOf(given);
    }

    /**
     * Uses the available device (CUDA if there is one), and the methods on the class path.
     *
     * @throws org.thurstone.recipe.RecipeError with all errors of the recipe
     */
    public static RecipeRun of(Recipe written) {
        return of(written, Catalogue.installed());
    }

    /** The same with the methods of a catalogue. */
    public static RecipeRun of(Recipe written, Catalogue catalogue) {
        return new RecipeRun(
                RunRecipe.bind(written, catalogue),
                "auto",
                Path.of(System.getProperty("user.home"), ".cache", "thurstone"),
                Map.of());
    }

    /** The same on a device; throws an IllegalArgumentException if it is invalid or missing. */
    public RecipeRun on(String other) {
        return new RecipeRun(recipe, other, cache, given);
    }

    /** The same with a respondent of the program, which the recipe calls {@code {given: NAME}}, as a judge, an annotator or a member. */
    public RecipeRun with(String name, Respondent respondent) {
        Map<String, Respondent> all = new TreeMap<>(given);
        all.put(name, respondent);
        return new RecipeRun(recipe, device, cache, all);
    }

    /** Whether a run that was stopped in this directory has a finished stage. */
    public static boolean resumable(Path directory) {
        return Files.isDirectory(directory.resolve("start"));
    }

    /**
     * Runs, or resumes the run that was stopped or parked in this directory, and writes the report.
     *
     * @param directory of the run
     * @throws Parked if questions wait for answers; call again once they are imported
     * @throws org.thurstone.data.UserError if an input cannot be used or has changed since the run began, if too many questions stay without an
     *     answer, or if the training diverges
     */
    public Finished in(Path directory, Progress progress) {
        String resolved = Recipe.render(Recipe.deciding((Record) recipe));
        boolean begun = RunDirectory.holds(directory, resolved);
        OpenedRecipe opened = OpenedRecipe.of(recipe, given, cache, progress);
        if (!begun) {
            opened.checkPolicy(Device.parse(device)); // inputs that cannot be used leave no run directory behind
        }
        try (RunDirectory run = RunDirectory.open(directory, resolved);
                MetricsLog metrics = MetricsLog.open(run.root());
                FileLedger ledger = FileLedger.open(run.root(), run.id())) {
            progress.say((run.resumed() ? "resuming the run in " : "running in ") + directory);
            recipe.precision().remark(Device.parse(device)).ifPresent(progress::say);
            ModelTrainer learning =
                    ModelTrainer.on(device, metrics, progress).with(recipe.template(), recipe.precision());
            IterativeRun.Outcome outcome = new IterativeRun(opened, run, ledger, learning, progress).run();
            RunReport report = new RunReport(
                    recipe, resolved, outcome, MetricsLog.read(run.path(MetricsLog.FILE)), Version.current());
            Path page = run.path("report.html");
            report.write(page);
            return new Finished(outcome, report, page);
        }
    }
}
