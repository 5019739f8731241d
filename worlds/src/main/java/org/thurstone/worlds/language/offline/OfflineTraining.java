package org.thurstone.worlds.language.offline;

import java.nio.file.Files;
import java.nio.file.Path;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.report.Version;
import org.thurstone.worlds.language.DefaultLearningRate;

/**
 * Offline training on a file, in a run directory: the entry point for commands, servers and programs.
 *
 * <pre>{@code
 * OfflineTraining.of(Recipe.parse("loss: {dpo: {beta: 0.2}}", "mine").with("model", "model").with("data", "pairs.jsonl"))
 *         .in(Path.of("runs/mine"), Progress.SILENT);
 * }</pre>
 *
 * @param load the device to compute on; the recipe says the rest
 * @param saveEvery steps from one saved training state to the next, at least 1; the end of an epoch saves too
 */
public record OfflineTraining(OfflineRecipe recipe, LoadOptions load, int saveEvery) {

    /** Steps from one saved training state to the next. */
    public static final int SAVE_EVERY = 200;

    /**
     * A finished training.
     *
     * @param page where its report lies
     */
    public record Finished(Outcome outcome, OfflineReport report, Path page) {}

    public OfflineTraining {
        if (saveEvery < 1) {
            throw new IllegalArgumentException("save-every is " + saveEvery + ", not at least 1");
        }
    }

    /**
     * Uses the available device (CUDA if there is one), and the losses on the class path.
     *
     * @throws org.thurstone.recipe.RecipeError with all errors of the recipe
     */
    public static OfflineTraining of(Recipe written) {
        return of(written, Catalogue.installed());
    }

    /** The same with the losses of a catalogue. */
    public static OfflineTraining of(Recipe written, Catalogue catalogue) {
        OfflineRecipe bound = written.bind(OfflineRecipe.class, catalogue);
        Recipe rated =
                DefaultLearningRate.in(written, bound.loss(), bound.adapter().isPresent());
        return new OfflineTraining(rated.bind(OfflineRecipe.class, catalogue), LoadOptions.on("auto"), SAVE_EVERY);
    }

    /** The same on a device: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}; throws an IllegalArgumentException for others. */
    public OfflineTraining on(String device) {
        return new OfflineTraining(recipe, LoadOptions.on(device), saveEvery);
    }

    /** The same, saving its state more or less often. */
    public OfflineTraining savingEvery(int steps) {
        return new OfflineTraining(recipe, load, steps);
    }

    /** Whether a training that was stopped in this directory has something to resume from. */
    public static boolean resumable(Path directory) {
        return Files.exists(directory.resolve(TrainOnData.STATE)) || Files.exists(directory.resolve("policy"));
    }

    /**
     * Trains, or resumes the training that was stopped in this directory, and writes the report.
     *
     * @param directory of the run
     * @throws org.thurstone.data.UserError if an input cannot be used or has changed since the run began, or if the training diverges
     */
    public Finished in(Path directory, Progress progress) {
        String resolved = Recipe.render(recipe);
        try (StartingPoint start = new StartingPoint(recipe, load.device(), progress)) {
            if (!RunDirectory.holds(directory, resolved)) {
                start.check(); // inputs that cannot be used leave no run directory behind
            }
            try (RunDirectory run = RunDirectory.open(directory, resolved);
                    MetricsLog metrics = MetricsLog.open(run.root())) {
                progress.say((run.resumed() ? "resuming the run in " : "running in ") + directory);
                Outcome outcome = new OfflineRun(recipe, run, start, metrics, progress, saveEvery).run();
                OfflineReport report = new OfflineReport(outcome, resolved, Version.current());
                Path page = run.path("report.html");
                report.write(page);
                return new Finished(outcome, report, page);
            }
        }
    }
}
