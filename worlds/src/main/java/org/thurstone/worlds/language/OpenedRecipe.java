package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.ModelFiles;
import org.thurstone.tensor.Device;
import org.thurstone.worlds.language.task.Task;

/**
 * A recipe whose files have been read: its task and its respondents, ready to be asked. Nothing is written to the run directory for it, so a recipe
 * that cannot be opened leaves none behind.
 *
 * @param given respondents of the calling program, by their names in the recipe
 * @param cache a directory for data that is costly to compute and is reused by other runs, such as embeddings of a judge's training data
 * @param judge who scores completions, if the recipe or its task names one
 * @param annotator who compares them
 */
public record OpenedRecipe(
        RunRecipe recipe,
        Map<String, Respondent> given,
        Path cache,
        Task task,
        Optional<Respondent> judge,
        Respondent annotator) {

    /**
     * Reads what the recipe names, models aside.
     *
     * @throws UserError if a file cannot be read, or if a respondent does not answer what the recipe asks of it
     */
    public static OpenedRecipe of(RunRecipe recipe, Map<String, Respondent> given, Path cache, Progress progress) {
        Seeds seeds = new Seeds(recipe.seed());
        Task task = recipe.task().open(seeds, progress);
        Optional<Respondent> judge = recipe.judge()
                .map(source -> source.open(
                        new Opening(cache, seeds::of, Optional.empty(), task.references(), given, progress::say)))
                .or(() -> task.judge());
        Respondent annotator =
                recipe.annotator().open(new Opening(cache, seeds::of, judge, task.references(), given, progress::say));
        Judges.checkOpened(judge, annotator);
        return new OpenedRecipe(recipe, given, cache, task, judge, annotator);
    }

    /**
     * Whether the task can start from the recipe's model.
     *
     * @throws UserError if the model is missing or cannot be used
     */
    void checkPolicy(Device device) {
        recipe.model().ifPresent(policy -> ModelFiles.requirePresent(policy, "a policy"));
        task.check(
                recipe.model(),
                checkpoint -> ModelTrainer.load(checkpoint, device, recipe.template(), recipe.precision()));
    }
}
