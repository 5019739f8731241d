package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.model.hub.Precision;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.text.TemplateChoice;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.LoopRecipe.Elicitation;
import org.thurstone.worlds.language.LoopRecipe.EvaluationSettings;
import org.thurstone.worlds.language.baseline.Baseline;
import org.thurstone.worlds.language.extrapolation.Extrapolation;
import org.thurstone.worlds.language.task.TaskSource;

/** The common part of recipes of iterative runs: the initial policy, the evaluation, and the baselines. */
public sealed interface RunRecipe permits LoopRecipe, OnlineRecipe {

    /**
     * Binds a recipe: one that names an online method learns from each step's samples, any other selects pairs and trains on them.
     *
     * @throws org.thurstone.recipe.RecipeError names everything that is wrong
     */
    static RunRecipe bind(Recipe recipe, Catalogue catalogue) {
        if (recipe.root().entries().containsKey("method")) {
            return DefaultLearningRate.online(recipe).bind(OnlineRecipe.class, catalogue);
        }
        LoopRecipe bound = recipe.bind(LoopRecipe.class, catalogue);
        return DefaultLearningRate.in(recipe, bound.loss(), bound.adapter().isPresent())
                .bind(LoopRecipe.class, catalogue);
    }

    long seed();

    /** A Hugging Face model directory or GGUF file to start from. */
    Optional<Path> model();

    TaskSource task();

    /** Who scores completions, in the place of the task's own judge. */
    Optional<RespondentSource> judge();

    /** Who says which completion of a pair is better. */
    RespondentSource annotator();

    Elicitation asking();

    int iterations();

    /** How answers are sampled. */
    Sampling sampling();

    /** The precision of sampling and training. */
    Precision precision();

    EvaluationSettings evaluation();

    Warnings warnings();

    /** How an iteration's policy is extrapolated beyond the result of training. */
    Optional<Extrapolation> extrapolation();

    List<Baseline> baselines();

    /** A Jinja file to use instead of the model's own chat template. */
    Optional<Path> chatTemplate();

    /** What the chat template receives with every conversation, such as {@code enable_thinking: false}. */
    Map<String, Object> chatTemplateArguments();

    /** The chat template that the run's models are used with. */
    default TemplateChoice template() {
        return new TemplateChoice(chatTemplate(), chatTemplateArguments());
    }

    /** What will be done, in a line. */
    String plan();
}
