package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Count;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.model.hub.Precision;
import org.thurstone.model.sample.Sampling;
import org.thurstone.recipe.Default;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.worlds.language.LoopRecipe.Elicitation;
import org.thurstone.worlds.language.LoopRecipe.EvaluationSettings;
import org.thurstone.worlds.language.LoopRecipe.Reference;
import org.thurstone.worlds.language.baseline.Baseline;
import org.thurstone.worlds.language.baseline.Rerun;
import org.thurstone.worlds.language.extrapolation.Extrapolation;
import org.thurstone.worlds.language.task.TaskSource;

/**
 * The recipe of a run of an online method. An iteration has several steps, each of which samples, asks the judge and updates, and ends with an
 * evaluation. A run that was stopped resumes from its last saved state. Methods whose steps are whole trainings need few steps
 * of many prompts, the others many steps of few.
 *
 * @param seed random seed
 * @param model the Hugging Face model directory or GGUF file to start from; missing for tasks that train their own model
 * @param method the online method
 * @param judge scores completions, instead of the task's own judge
 * @param steps of each iteration
 * @param saveEvery steps between saved states; a resumed run repeats the steps since the last one
 * @param prompts fresh prompts in each step
 * @param sampling how answers are sampled; methods take them for the policy's own, which they are at temperature 1 and without filters
 * @param annotator compares two completions, for methods that need comparisons; {@code bradley-terry} gives a probability
 * @param asking shares of questions that may stay without an answer; the questions of a step need all answers
 * @param unfinishedPenalty subtracted from the score of a completion that reached the maximum length
 * @param components rewards in addition to the task's own, for methods with bounds
 * @param data a file whose prompts replace the task's; its completions are the demonstrations or pairs of methods that need them
 * @param training epochs over the samples of a step, in batches of examples; the schedule runs over all steps, or over each where the method's steps
 *     are trainings of their own
 * @param reference the reference policy: the initial policy, the policy at the start of the iteration, or the mean of all iterates
 * @param extrapolation how an iteration's policy is extrapolated beyond the result of its steps
 * @param baselines what the report compares the result with
 * @param precision data type of the products with weights in sampling and training; {@code bfloat16} is faster where the processor has such
 *     products, and the weights that are trained stay in float32
 * @param chatTemplate a Jinja file to use instead of the model's own template
 * @param chatTemplateArguments arguments for the chat template, such as {@code enable_thinking: false}
 */
public record OnlineRecipe(
        @Default("1") long seed,
        Optional<Path> model,
        TaskSource task,
        Optional<RespondentSource> judge,
        OnlineMethod method,
        @Default("3") int iterations,
        @Default("50") int steps,
        @Default("10") int saveEvery,
        @Default("32") int prompts,
        Sampling sampling,
        @Default("judge") RespondentSource annotator,
        Elicitation asking,
        @Default("0") double unfinishedPenalty,
        @Default("[]") List<RespondentSource> components,
        Optional<Path> data,
        TrainingSettings training,
        @Default("initial") Reference reference,
        Optional<Extrapolation> extrapolation,
        EvaluationSettings evaluation,
        Warnings warnings,
        @Default("[]") List<Baseline> baselines,
        @Default("float32") Precision precision,
        Optional<Path> chatTemplate,
        @Default("{}") Map<String, Object> chatTemplateArguments)
        implements RunRecipe {

    public OnlineRecipe {
        components = List.copyOf(components);
        Judges.check(judge, task, annotator);
        baselines = List.copyOf(baselines);
        LoopRecipe.atLeastOne("iterations", iterations);
        LoopRecipe.atLeastOne("steps", steps);
        LoopRecipe.atLeastOne("save-every", saveEvery);
        LoopRecipe.atLeastOne("prompts", prompts);
        LoopRecipe.notNegative("unfinished-penalty", unfinishedPenalty);
        for (Baseline baseline : baselines) {
            if (baseline instanceof Rerun rerun
                    && (rerun.method().isEmpty()
                            || rerun.pairing().isPresent()
                            || rerun.acquisition().isPresent()
                            || rerun.loss().isPresent())) {
                throw new IllegalArgumentException("the rerun \"" + rerun.title()
                        + "\" of an online recipe sets another method, and no pairing, acquisition or loss");
            }
        }
    }

    @Override
    public String plan() {
        return Count.of(iterations, "iteration") + " of " + Count.of(steps, "step") + " with "
                + Count.of(prompts, "prompt") + " each, seed " + seed;
    }
}
