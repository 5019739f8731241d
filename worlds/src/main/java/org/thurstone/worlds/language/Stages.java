package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Stage;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.Evaluate;
import org.thurstone.loop.stage.LabelPairs;
import org.thurstone.loop.stage.Learn;
import org.thurstone.loop.stage.LearnFromRatings;
import org.thurstone.loop.stage.Learner;
import org.thurstone.loop.stage.Outputs;
import org.thurstone.loop.stage.RateCompletions;
import org.thurstone.loop.stage.SampleCompletions;
import org.thurstone.loop.stage.SelectPairs;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.worlds.language.baseline.Rerun;
import org.thurstone.worlds.language.extrapolation.Extrapolation;

/** The stages of a recipe's iterations, in order. */
record Stages(
        LanguageWorld world,
        RunDirectory run,
        Inquiry inquiry,
        Optional<Respondent> judge,
        Respondent annotator,
        Map<String, Respondent> given,
        ModelTrainer learning,
        Seeds seeds,
        Progress progress) {

    /** Sample, rate, select, label, learn, evaluate. */
    List<Stage<Path, ?>> iterative(LoopRecipe recipe, Optional<Rerun> rerun) {
        Loss loss = rerun.flatMap(Rerun::loss).orElse(recipe.loss());
        List<Stage<Path, ?>> stages = new ArrayList<>();
        stages.add(new SampleCompletions<>(world, recipe.prompts(), recipe.samples(), recipe.part()));
        judge.ifPresent(by -> stages.add(new RateCompletions<>(inquiry, by)));
        Output<Path> learned = recipe.extrapolation().isPresent() ? Checkpoints.ESTIMATE : Checkpoints.POLICY;
        if (LoopLosses.learnsFromScores(loss)) {
            stages.add(new LearnFromRatings<>(learned, learner(recipe, loss)));
            return evaluated(recipe, stages);
        }
        stages.add(new SelectPairs<>(
                world,
                judge.isPresent(),
                rerun.flatMap(Rerun::pairing).orElse(recipe.pairing().orElseThrow()),
                rerun.flatMap(Rerun::acquisition).orElse(recipe.acquisition()),
                recipe.margin(),
                recipe.budgets()));
        stages.add(new LabelPairs<>(
                inquiry, annotator, recipe.asking().late() == LoopRecipe.Elicitation.LateAnswers.NEXT_ITERATION));
        stages.add(new Learn<>(learned, learner(recipe, loss), false));
        return evaluated(recipe, stages);
    }

    private List<Stage<Path, ?>> evaluated(LoopRecipe recipe, List<Stage<Path, ?>> stages) {
        extrapolate(recipe.extrapolation(), stages, i -> i.get(Checkpoints.ESTIMATE));
        stages.add(new Evaluate<>(
                world,
                policy(recipe),
                i -> i.find(Outputs.COMPARISONS).map(List::size).orElse(0),
                () -> seeds.of("evaluation")));
        return stages;
    }

    /** The steps of a method, and an evaluation. */
    List<Stage<Path, ?>> online(OnlineRecipe recipe, Optional<Rerun> rerun, Path cache) {
        OnlineMethod method = rerun.flatMap(Rerun::method).orElse(recipe.method());
        List<Respondent> others = new ArrayList<>();
        for (int i = 0; i < recipe.components().size(); i++) {
            String stream = "component-" + i;
            others.add(recipe.components()
                    .get(i)
                    .open(new Opening(
                            cache,
                            name -> seeds.of(name.equals("judge") ? stream : stream + "/" + name),
                            Optional.empty(),
                            world.task().references(),
                            given,
                            progress::say)));
        }
        ElicitedSampleValues asked =
                new ElicitedSampleValues(inquiry, judge, others, annotator, recipe.unfinishedPenalty());
        List<Stage<Path, ?>> stages = new ArrayList<>();
        stages.add(new LearnOnline(
                recipe,
                method,
                asked,
                new StepPrompts(world.task(), recipe.data(), progress),
                learning,
                new StageSnapshots(run),
                progress));
        extrapolate(recipe.extrapolation(), stages, LearnOnline::policy);
        stages.add(new Evaluate<>(world, policy(recipe), LearnOnline::labels, () -> seeds.of("evaluation")));
        return stages;
    }

    /** What an iteration ends with. */
    static Function<Iteration<Path>, Path> policy(RunRecipe recipe) {
        return recipe instanceof OnlineRecipe && recipe.extrapolation().isEmpty()
                ? LearnOnline::policy
                : i -> i.get(Checkpoints.POLICY);
    }

    private void extrapolate(
            Optional<Extrapolation> way, List<Stage<Path, ?>> stages, Function<Iteration<Path>, Path> estimate) {
        way.ifPresent(w -> stages.add(new Extrapolate(learning, w, estimate)));
    }

    /** The policies that a loss may be taken against; several checkpoints stand for the mean of their weights. */
    private static Map<TableSignal, List<Path>> references(LoopRecipe recipe, List<Path> iterates) {
        List<Path> reference = switch (recipe.reference()) {
            case PREVIOUS -> List.of(iterates.getLast());
            case INITIAL -> List.of(iterates.getFirst());
            case AVERAGE -> List.copyOf(iterates);
        };
        return Map.of(
                FrozenLogProbs.REFERENCE, reference, FrozenLogProbs.SECOND_REFERENCE, List.of(iterates.getFirst()));
    }

    private Learner<Path> learner(LoopRecipe recipe, Loss loss) {
        return (iteration, data, directory) -> {
            Path into = directory.get();
            learning.learn(
                    iteration.current(),
                    references(recipe, iteration.iterates()),
                    data,
                    loss,
                    recipe.training().withSeed(iteration.seed("training")),
                    recipe.adapter(),
                    recipe.sampling().maxTokens(),
                    iteration.directory() + "training",
                    into);
            return into;
        };
    }
}
