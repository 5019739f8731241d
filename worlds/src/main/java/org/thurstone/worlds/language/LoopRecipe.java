package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Count;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.feedback.acquisition.BudgetSplit;
import org.thurstone.feedback.pairing.BestWorst;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.model.hub.Precision;
import org.thurstone.model.sample.Sampling;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.NamedPart;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.loss.Loss;
import org.thurstone.worlds.language.baseline.Baseline;
import org.thurstone.worlds.language.baseline.Rerun;
import org.thurstone.worlds.language.extrapolation.Extrapolation;
import org.thurstone.worlds.language.task.TaskSource;

/**
 * The recipe of an iterative run: all settings that determine its result.
 *
 * @param seed random seed
 * @param model the Hugging Face model directory or GGUF file to start from; missing for tasks that train their own model
 * @param prompts fresh prompts in each iteration
 * @param judge scores completions, instead of the task's own judge; without either, pairing is random
 * @param samples completions per prompt
 * @param part prompts that are sampled together; a killed run keeps finished parts
 * @param sampling how completions are sampled
 * @param pairing forms candidate pairs of the completions of a prompt (default: {@code best-worst}, or {@code random} without a judge)
 * @param margin the reference policy of the implicit-reward margin by which pairs are selected
 * @param labels the annotation budget: the number of comparisons over all iterations, and how it is split
 * @param annotator compares the completions of a pair
 * @param asking shares of questions that may stay without an answer
 * @param adapter low-rank adapter to train instead of all weights: each iteration trains a new one, and adds it to the weights
 * @param reference the reference policy of the loss
 * @param warnings thresholds for warnings about the run
 * @param extrapolation how an iteration's policy is extrapolated beyond the result of training (default: not at all)
 * @param baselines what the report compares the result with
 * @param precision data type of the products with weights in sampling and training; {@code bfloat16} is faster where the processor has such
 *     products, and the weights that are trained stay in float32
 * @param chatTemplate a Jinja file to use instead of the model's own template
 * @param chatTemplateArguments arguments for the chat template, such as {@code enable_thinking: false}
 */
public record LoopRecipe(
        @Default("1") long seed,
        Optional<Path> model,
        TaskSource task,
        Optional<RespondentSource> judge,
        @Default("3") int iterations,
        @Default("400") int prompts,
        @Default("8") int samples,
        @Default("256") int part,
        Sampling sampling,
        Optional<Pairing> pairing,
        @Default("margin") Acquisition acquisition,
        @Default("previous") MarginReference margin,
        Labels labels,
        @Default("judge") RespondentSource annotator,
        Elicitation asking,
        @Default("dpo") Loss loss,
        TrainingSettings training,
        Optional<Adapter> adapter,
        @Default("previous") Reference reference,
        EvaluationSettings evaluation,
        Warnings warnings,
        Optional<Extrapolation> extrapolation,
        @Default("[]") List<Baseline> baselines,
        @Default("float32") Precision precision,
        Optional<Path> chatTemplate,
        @Default("{}") Map<String, Object> chatTemplateArguments)
        implements RunRecipe {

    /** The reference policy of an iteration's loss. */
    public enum Reference {
        /** The one that the iteration starts from. */
        PREVIOUS,
        /** The one that the run started from. */
        INITIAL,
        /** The mean of the weights of all iterates so far, the start included. */
        AVERAGE
    }

    /**
     * The label budget.
     *
     * @param total comparisons over all iterations
     * @param split how they are spread
     */
    public record Labels(
            @Default("960") int total,
            @Default("decreasing") BudgetSplit split) {
        public Labels {
            if (total < 1) {
                throw new IllegalArgumentException("total must be at least 1");
            }
        }
    }

    /**
     * The number of unanswered questions that a run tolerates.
     *
     * @param failures the share of questions, in [0, 1], that may fail or be abstained from; they are left out
     * @param answers the share of questions, in (0, 1], that have to be answered before a waiting run continues
     * @param late what becomes of answers that come after that
     */
    public record Elicitation(
            @Default("0.05") double failures,
            @Default("1") double answers,
            @Default("ignore") LateAnswers late) {

        /** How late answers are used. All are kept. */
        public enum LateAnswers {
            /** Not used for training. */
            IGNORE,
            /** Used by the next iteration. */
            NEXT_ITERATION
        }

        public Elicitation {
            tolerance(failures, answers);
        }

        /** The tolerance of inquiries. */
        public Inquiry.Tolerance tolerance() {
            return tolerance(failures, answers);
        }

        private static Inquiry.Tolerance tolerance(double failures, double answers) {
            return new Inquiry.Tolerance(failures, answers);
        }
    }

    /**
     * Evaluation settings.
     *
     * @param prompts held-out prompts, the same for all policies
     * @param temperature of the sampled answers that make the headline
     * @param greedy whether the most likely answers are scored too
     * @param pairs of a completion of the policy and one of the initial policy, to as many held-out prompts, that the annotator compares after
     *     each iteration; 0 asks nothing
     * @param plainText a file of ordinary text, whose perplexity shows whether the policy still writes as before; some tasks have a text of their own
     */
    public record EvaluationSettings(
            @Default("500") int prompts,
            @Default("1.0") double temperature,
            @Default("true") boolean greedy,
            @Default("0") int pairs,
            Optional<Path> plainText) {
        public EvaluationSettings {
            if (prompts < 1) {
                throw new IllegalArgumentException("prompts must be at least 1");
            }
            if (pairs < 0 || pairs > prompts) {
                throw new IllegalArgumentException(
                        "pairs " + pairs + " is not between 0 and prompts: each pair has its own held-out prompt");
            }
        }
    }

    public LoopRecipe {
        baselines = List.copyOf(baselines);
        boolean judged = Judges.check(judge, task, annotator);
        Pairing paired = pairing.orElse(judged ? new BestWorst() : new RandomPairs(1, true));
        if (!judged && !paired.worksWithoutScores()) {
            throw new IllegalArgumentException("pairing '" + NamedPart.name(paired.getClass())
                    + "' chooses by scores, and the recipe has no judge: add `judge:`, or take `pairing: random`");
        }
        pairing = Optional.of(paired);
        training = training.withLossLimit();
        LoopLosses.check(loss, judged);
        for (Baseline baseline : baselines) {
            if (baseline instanceof Rerun rerun) {
                rerun.loss().ifPresent(other -> LoopLosses.check(other, judged));
            }
        }
        atLeastOne("iterations", iterations);
        atLeastOne("prompts", prompts);
        atLeastOne("part", part);
        if (samples < 2) {
            throw new IllegalArgumentException("samples must be at least 2: one completion makes no pair");
        }
        for (Baseline baseline : baselines) {
            if (baseline instanceof Rerun rerun && rerun.method().isPresent()) {
                throw new IllegalArgumentException("the rerun \"" + rerun.title()
                        + "\" sets an online method, which only a recipe with a method can: use another"
                        + " pairing, acquisition or loss");
            }
        }
    }

    static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number of at least 0");
        }
    }

    @Override
    public String plan() {
        String learned =
                LoopLosses.learnsFromScores(loss) ? "all scored" : Count.of(labels.total(), "label") + " in all";
        return Count.of(iterations, "iteration") + " of " + Count.of(prompts, "prompt") + " × " + samples + " samples, "
                + learned + ", seed " + seed;
    }

    /** The annotation budget of each iteration. */
    public List<Integer> budgets() {
        return labels.split().split(labels.total(), iterations);
    }
}
