package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.recipe.Recipe;

/**
 * Trains once on a file, in a run directory: the way in for those who know no tensors, such as a command or a server.
 *
 * @param load the device to compute on; the recipe says the rest
 * @param saveEvery steps from one saved training state to the next, at least 1; the end of an epoch saves too
 * @param version of the program, for the foot of the report
 */
public record OfflineTraining(OfflineRecipe recipe, LoadOptions load, int saveEvery, String version) {

    /**
     * A finished training.
     *
     * @param page where its report lies
     */
    public record Finished(Outcome outcome, OfflineReport report, Path page) {}

    /**
     * Trains, or resumes the training that was stopped in this directory, and writes the report.
     *
     * @param directory of the run
     * @throws org.thurstone.data.UserError if an input cannot be used or has changed since the run began, or if the training diverges
     */
    public Finished in(Path directory, Progress progress) {
        String resolved = Recipe.render(recipe);
        try (RunDirectory run = RunDirectory.open(directory, resolved);
                MetricsLog metrics = MetricsLog.open(run.root())) {
            progress.say((run.resumed() ? "going on with the run in " : "running in ") + directory);
            Outcome outcome = new OfflineRun(recipe, run, load.device(), metrics, progress, saveEvery).go();
            OfflineReport report = new OfflineReport(outcome, resolved, version);
            Path page = run.path("report.html");
            report.write(page);
            return new Finished(outcome, report, page);
        }
    }
}
