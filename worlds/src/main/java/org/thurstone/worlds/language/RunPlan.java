package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.ModelFiles;
import org.thurstone.train.loss.Loss;
import org.thurstone.worlds.language.baseline.Baseline;
import org.thurstone.worlds.language.baseline.BestOf;
import org.thurstone.worlds.language.baseline.Rerun;
import org.thurstone.worlds.language.baseline.Temperature;
import org.thurstone.worlds.language.task.TaskSource.PromptCounts;

/**
 * The plan of a recipe and its cost in questions, without running it: no model is loaded and no question is asked. Counts are upper bounds,
 * since completions that are alike are judged once.
 *
 * @param summary in a line
 * @param prompts drawn to train on over the whole run
 * @param promptsAtATime drawn in an iteration, or in a step of an online method
 * @param supply prompts of files; empty if the task makes its own
 * @param completions sampled to train on, baselines included; empty where the online method decides
 * @param evaluated completions sampled to evaluate
 * @param demands questions by who is asked
 * @param remarks what is worth knowing
 * @param problems what the run would fail of
 */
public record RunPlan(
        String summary,
        long prompts,
        int promptsAtATime,
        Optional<PromptCounts> supply,
        OptionalLong completions,
        long evaluated,
        List<Demand> demands,
        List<String> remarks,
        List<String> problems) {

    /**
     * Questions to one respondent.
     *
     * @param role {@code judge} or {@code annotator}
     * @param name as recipes name it
     * @param questions at most; empty where the online method decides
     * @param kind what is asked, in the plural
     */
    public record Demand(String role, String name, OptionalLong questions, String kind) {}

    public RunPlan {
        demands = List.copyOf(demands);
        remarks = List.copyOf(remarks);
        problems = List.copyOf(problems);
    }

    /**
     * Reads prompt files, and nothing else.
     *
     * @throws org.thurstone.data.UserError if a prompt file cannot be read or its prompts cannot be used
     */
    public static RunPlan of(RunRecipe recipe) {
        Optional<PromptCounts> supply = recipe.task().supply(new Seeds(recipe.seed()));
        int heldOut = Math.min(
                recipe.evaluation().prompts(), supply.map(PromptCounts::heldOut).orElse(Integer.MAX_VALUE));
        int arms = 1
                + (int) recipe.baselines().stream()
                        .filter(Rerun.class::isInstance)
                        .count();
        long iterations = (long) recipe.iterations() * arms;
        boolean judged = recipe.judge().isPresent() || recipe.task().judges();
        long once = (long) heldOut * (recipe.evaluation().greedy() && judged ? 2 : 1);
        long pairs = Math.min(recipe.evaluation().pairs(), heldOut);
        long evaluated = once * (1 + iterations) + baselines(recipe.baselines(), heldOut, once) + pairs * iterations;
        int atATime;
        long prompts;
        OptionalLong completions;
        OptionalLong compared;
        switch (recipe) {
            case LoopRecipe r -> {
                atATime = r.prompts();
                prompts = (long) r.prompts() * r.iterations();
                // Arms start alike: their first iterations share one set of completions.
                completions = OptionalLong.of((iterations - arms + 1)
                        * r.prompts()
                        * r.samples()
                        * r.task().attempts());
                compared = OptionalLong.of(r.labels().total() * asking(r) + pairs * iterations);
            }
            case OnlineRecipe r -> {
                atATime = r.prompts();
                prompts = (long) r.prompts() * r.steps() * r.iterations();
                completions = OptionalLong.empty();
                compared = OptionalLong.empty();
            }
        }
        List<Demand> demands = new ArrayList<>();
        if (judged) {
            demands.add(new Demand(
                    "judge",
                    recipe.judge().map(Judges::name).orElse("the task's own"),
                    completions.isPresent()
                            ? OptionalLong.of(completions.getAsLong() + evaluated)
                            : OptionalLong.empty(),
                    "ratings"));
        }
        demands.add(new Demand("annotator", Judges.name(recipe.annotator()), compared, "comparisons"));
        return new RunPlan(
                recipe.plan(),
                prompts,
                atATime,
                supply,
                completions,
                evaluated,
                demands,
                remarks(recipe, supply, prompts, judged),
                problems(recipe, supply, atATime, judged));
    }

    /** Arms whose loss learns from comparisons. */
    private static long asking(LoopRecipe recipe) {
        Stream<Loss> reruns = recipe.baselines().stream()
                .filter(Rerun.class::isInstance)
                .map(baseline -> ((Rerun) baseline).loss().orElse(recipe.loss()));
        return Stream.concat(Stream.of(recipe.loss()), reruns)
                .filter(loss -> !LoopLosses.learnsFromScores(loss))
                .count();
    }

    private static long baselines(List<Baseline> baselines, int heldOut, long once) {
        return baselines.stream()
                .mapToLong(baseline -> switch (baseline) {
                    case BestOf best -> (long) best.n() * heldOut;
                    case Temperature colder -> once;
                    case Rerun rerun -> 0;
                })
                .sum();
    }

    private static List<String> remarks(RunRecipe recipe, Optional<PromptCounts> supply, long prompts, boolean judged) {
        List<String> remarks = new ArrayList<>();
        supply.filter(s -> s.training() < prompts)
                .ifPresent(s -> remarks.add(
                        "too few prompts to use each once: %d are drawn and there are %d, so each is used %.1f times on average"
                                .formatted(prompts, s.training(), (double) prompts / s.training())));
        supply.filter(s -> s.heldOut() < recipe.evaluation().prompts())
                .ifPresent(s -> remarks.add("evaluation.prompts is %d, and %d are held out: all of them are used"
                        .formatted(recipe.evaluation().prompts(), s.heldOut())));
        supply.filter(s -> s.heldOut() < recipe.evaluation().pairs())
                .ifPresent(
                        s -> remarks.add("evaluation.pairs is %d, and %d prompts are held out: as many pairs are asked"
                                .formatted(recipe.evaluation().pairs(), s.heldOut())));
        if (!judged) {
            remarks.add("no judge: evaluation has no scores"
                    + (recipe.evaluation().pairs() == 0 ? "; evaluation.pairs asks the annotator instead" : ""));
        }
        return remarks;
    }

    private static List<String> problems(RunRecipe recipe, Optional<PromptCounts> supply, int atATime, boolean judged) {
        List<String> problems = new ArrayList<>();
        supply.filter(s -> s.training() < atATime)
                .ifPresent(s -> problems.add("too few prompts: %d are drawn at a time, and there are %d to train on"
                        .formatted(atATime, s.training())));
        recipe.model()
                .filter(policy -> !ModelFiles.isPresent(policy))
                .ifPresent(policy -> problems.add(
                        "policy " + policy + " does not exist, or is neither a directory nor a GGUF file"));
        if (supply.isPresent() && recipe.model().isEmpty()) {
            problems.add("the prompts task needs a pretrained model: set `model: DIR`");
        }
        if (!judged && recipe.baselines().stream().anyMatch(BestOf.class::isInstance)) {
            problems.add("the baseline 'best-of' chooses by a judge's scores, and the recipe has no judge");
        }
        return problems;
    }
}
