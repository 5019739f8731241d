package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.List;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Loop;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.worlds.language.Checkpoints;

/**
 * Trains by a recipe inside a run directory: the loop, gone round once. {@code policy/} is the trained model, {@code metrics.jsonl} every step and
 * evaluation. If the run was killed, it resumes from the last training state that was saved, with the numbers of a run that was not.
 */
final class OfflineRun {

    private final OfflineRecipe recipe;
    private final RunDirectory run;
    private final StartingPoint start;
    private final MetricsLog metrics;
    private final Progress progress;
    private final int saveEvery;

    /** @param saveEvery steps from one saved training state to the next; the end of an epoch saves too */
    OfflineRun(
            OfflineRecipe recipe,
            RunDirectory run,
            StartingPoint start,
            MetricsLog metrics,
            Progress progress,
            int saveEvery) {
        this.recipe = recipe;
        this.run = run;
        this.start = start;
        this.metrics = metrics;
        this.progress = progress;
        this.saveEvery = saveEvery;
    }

    /**
     * Trains, or resumes training, to the end.
     *
     * @throws org.thurstone.data.UserError if an input cannot be used or has changed since the run began, or if the training diverges
     */
    Outcome run() {
        Arm<Path> arm = Arm.once(
                "training",
                List.of(
                        new RecordInputs(start.inputs(), run.root(), progress),
                        new EncodeData(start),
                        new TrainOnData(recipe, run, start, metrics, progress, saveEvery)),
                Checkpoints.POLICY);
        Iteration<Path> done = new Loop<Path>(run, new Seeds(recipe.seed()), progress)
                .run(arm, Path.of(recipe.model()))
                .getFirst();
        return new Outcome(
                recipe,
                done.get(RecordInputs.INPUTS),
                done.get(EncodeData.COUNTS),
                Curves.of(MetricsLog.read(run.path(MetricsLog.FILE))),
                done.get(Checkpoints.POLICY));
    }
}
