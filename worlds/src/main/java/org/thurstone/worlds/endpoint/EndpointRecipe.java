package org.thurstone.worlds.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurstone.data.Count;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.endpoint.Chat;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.feedback.acquisition.MarginAcquisition;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.feedback.pairing.BestWorst;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.loop.run.Seeds;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Node;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.Judges;
import org.thurstone.worlds.language.LoopRecipe.Elicitation;
import org.thurstone.worlds.language.LoopRecipe.Labels;
import org.thurstone.worlds.language.RunPlan;
import org.thurstone.worlds.language.task.TaskSource;
import org.thurstone.worlds.language.task.TaskSource.PromptCounts;

/**
 * The recipe of a run whose policy is behind an endpoint. It is written as that of a local policy; what is said about training and evaluation is not
 * used.
 *
 * @param seed random seed of prompts and pairs
 * @param model the policy: {@code {chat: {…}}}
 * @param task where the prompts are from
 * @param judge scores completions; without one, pairing is random
 * @param iterations rounds, each with fresh prompts
 * @param prompts per iteration
 * @param samples completions per prompt
 * @param part prompts that are sampled together
 * @param pairing forms candidate pairs of the completions of a prompt (default: {@code best-worst}, or {@code random} without a judge)
 * @param acquisition selects pairs within the budget (default: at random, since the endpoint has no log-probabilities)
 * @param labels the annotation budget
 * @param annotator compares the completions of a pair
 * @param asking shares of questions that may stay without an answer
 * @param sampling not used: the settings of {@code chat} decide
 * @param margin not used
 * @param loss not used
 * @param training not used
 * @param reference not used
 * @param evaluation not used
 * @param warnings not used
 * @param extrapolation not used
 * @param baselines not used
 * @param method not used
 * @param chatTemplate not used: the server has its own
 * @param chatTemplateArguments not used
 */
public record EndpointRecipe(
        @Default("1") long seed,
        RespondentSource model,
        TaskSource task,
        Optional<RespondentSource> judge,
        @Default("1") int iterations,
        @Default("400") int prompts,
        @Default("8") int samples,
        @Default("64") int part,
        Optional<Pairing> pairing,
        Optional<Acquisition> acquisition,
        Labels labels,
        @Default("judge") RespondentSource annotator,
        Elicitation asking,
        Optional<Object> sampling,
        Optional<Object> margin,
        Optional<Object> loss,
        Optional<Object> training,
        Optional<Object> reference,
        Optional<Object> evaluation,
        Optional<Object> warnings,
        Optional<Object> extrapolation,
        Optional<Object> baselines,
        Optional<Object> method,
        Optional<Object> chatTemplate,
        Optional<Object> chatTemplateArguments) {

    public EndpointRecipe {
        if (!(model instanceof Chat)) {
            throw new IllegalArgumentException(
                    "model is a directory, a GGUF file, or {chat: {…}}: other respondents write no completions");
        }
        boolean judged = Judges.check(judge, task, annotator);
        Pairing paired = pairing.orElse(judged ? new BestWorst() : new RandomPairs(1, true));
        if (!judged && !paired.worksWithoutScores()) {
            throw new IllegalArgumentException("pairing '" + NamedPart.name(paired.getClass())
                    + "' chooses by scores, and the recipe has no judge: add `judge:`, or take `pairing: random`");
        }
        pairing = Optional.of(paired);
        Acquisition chosen = acquisition.orElse(new MarginAcquisition(Order.RANDOM, Order.RANDOM, Integer.MAX_VALUE));
        if (chosen instanceof MarginAcquisition m && !(m.instance() == Order.RANDOM && m.corpus() == Order.RANDOM)) {
            throw new IllegalArgumentException(
                    "acquisition 'margin' asks for log-probabilities, which an endpoint does not"
                            + " give: leave it out, or set instance and corpus to random");
        }
        acquisition = Optional.of(chosen);
        if (samples < 2) {
            throw new IllegalArgumentException("samples must be at least 2: one completion makes no pair");
        }
        if (iterations < 1 || prompts < 1 || part < 1) {
            throw new IllegalArgumentException("iterations, prompts and part must be at least 1");
        }
    }

    /** Whether the policy of a recipe is described, as one behind an endpoint is, and not named, as a directory is. */
    public static boolean describes(Recipe recipe) {
        Node.Entry model = recipe.root().entries().get("model");
        return model != null && model.value() instanceof Node.Mapping;
    }

    /** @throws org.thurstone.recipe.RecipeError names everything that is wrong */
    public static EndpointRecipe bind(Recipe recipe, Catalogue catalogue) {
        return recipe.bind(EndpointRecipe.class, catalogue);
    }

    /** The policy. */
    public Chat chat() {
        return (Chat) model;
    }

    /** What the recipe says and a run of it does not use, for people. */
    public List<String> notUsed() {
        List<String> names = new ArrayList<>();
        sampling.ifPresent(s -> names.add("sampling"));
        margin.ifPresent(s -> names.add("margin"));
        loss.ifPresent(s -> names.add("loss"));
        training.ifPresent(s -> names.add("training"));
        reference.ifPresent(s -> names.add("reference"));
        evaluation.ifPresent(s -> names.add("evaluation"));
        warnings.ifPresent(s -> names.add("warnings"));
        extrapolation.ifPresent(s -> names.add("extrapolation"));
        baselines.ifPresent(s -> names.add("baselines"));
        method.ifPresent(s -> names.add("method"));
        chatTemplate.ifPresent(s -> names.add("chat-template"));
        chatTemplateArguments.ifPresent(s -> names.add("chat-template-arguments"));
        return names;
    }

    /** What a user has to know before such a run begins. */
    public String notice() {
        return chat().title()
                + " is behind an endpoint and cannot be trained: this run samples, judges and pairs, and writes"
                + " the pairs" + (notUsed().isEmpty() ? "" : "; not used: " + String.join(", ", notUsed()));
    }

    /** What a run asks for, at most. */
    public RunPlan plan() {
        Optional<PromptCounts> supply = task.supply(new Seeds(seed));
        long completions = (long) iterations * prompts * samples;
        List<RunPlan.Demand> demands = new ArrayList<>();
        judge.ifPresent(
                j -> demands.add(new RunPlan.Demand("judge", Judges.name(j), OptionalLong.of(completions), "ratings")));
        demands.add(new RunPlan.Demand(
                "annotator", Judges.name(annotator), OptionalLong.of(labels.total()), "comparisons"));
        List<String> remarks = new ArrayList<>(List.of(notice()));
        if (annotator instanceof Chat c && c.orders() == Chat.Orders.BOTH) {
            remarks.add("each comparison by " + c.title() + " is two calls, one in each order");
        }
        List<String> problems = new ArrayList<>();
        supply.filter(s -> s.training() < prompts)
                .ifPresent(s -> problems.add(
                        "too few prompts: %d are drawn at a time, and there are %d".formatted(prompts, s.training())));
        if (supply.isEmpty()) {
            problems.add(
                    "the task has its prompts from a model on this machine: take `task: {prompts: {train: FILE}}`");
        }
        return new RunPlan(
                Count.of(iterations, "iteration") + " of " + Count.of(prompts, "prompt") + " × " + samples
                        + " samples of " + chat().title() + ", " + Count.of(labels.total(), "label") + " in all, seed "
                        + seed,
                (long) iterations * prompts,
                prompts,
                supply,
                OptionalLong.of(completions),
                0,
                demands,
                remarks,
                problems);
    }

    /** The annotation budget of each iteration. */
    List<Integer> budgets() {
        return labels.split().split(labels.total(), iterations);
    }
}
