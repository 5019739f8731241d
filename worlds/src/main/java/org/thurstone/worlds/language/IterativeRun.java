package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.judge.Judge;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Round;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.run.Stored;
import org.thurstone.model.LanguageModel;
import org.thurstone.model.sample.Sampling;
import org.thurstone.worlds.language.control.BestOf;
import org.thurstone.worlds.language.control.Control;
import org.thurstone.worlds.language.control.Rerun;
import org.thurstone.worlds.language.control.Temperature;

/** A whole run: the start, the loop, and what its result is held against. */
public final class IterativeRun {

    /**
     * @param scoreName what the judge's score is called
     * @param rounds the start first, then one an iteration
     * @param controls in the recipe's order
     */
    public record Outcome(String scoreName, List<Round> rounds, List<Held> controls) {
        public Outcome {
            rounds = List.copyOf(rounds);
            controls = List.copyOf(controls);
        }
    }

    /**
     * What a control came to.
     *
     * @param rounds one an iteration for a rerun, a single one otherwise
     */
    public record Held(String title, List<Round> rounds) {
        public Held {
            rounds = List.copyOf(rounds);
        }
    }

    /** The held-out prompts, as they are stored. */
    private record HeldOut(List<Prompt> prompts) {}

    private final RunRecipe recipe;
    private final RunDirectory run;
    private final Learning learning;
    private final Seeds seeds;
    private final Path cache;
    private final Progress progress;

    /** @param cache a directory for costly things that outlive the run, such as embeddings of a judge's training data */
    public IterativeRun(RunRecipe recipe, RunDirectory run, Learning learning, Path cache, Progress progress) {
        this.recipe = recipe;
        this.run = run;
        this.learning = learning;
        this.seeds = new Seeds(recipe.seed());
        this.cache = cache;
        this.progress = progress;
    }

    public Outcome go() {
        Path start = run.directoryStage(
                "start", aside -> recipe.task().start(aside, recipe.policy().map(Path::of), learning, seeds, progress));
        List<Prompt> heldOut = heldOut(start);
        Judge judge = recipe.task().judge(cache, seeds, progress);
        Sampling sampling =
                recipe.sampling().withTemperature(recipe.evaluation().temperature());
        Evaluator evaluator = new Evaluator(
                recipe.task(), judge, heldOut, sampling, recipe.evaluation().greedy(), progress);
        Round zero = round(
                "iteration-0/round.json",
                start,
                model -> evaluator.evaluate(model, Optional.empty(), seeds.of("evaluation")));
        Rounds loop = loop(judge, evaluator);
        List<Round> rounds = new ArrayList<>(List.of(zero));
        rounds.addAll(loop.ofRecipe(start));
        List<Held> controls = new ArrayList<>();
        for (int i = 0; i < recipe.controls().size(); i++) {
            Control control = recipe.controls().get(i);
            controls.add(new Held(control.title(), held(control, i + 1, start, loop, evaluator, sampling)));
        }
        return new Outcome(recipe.task().scoreName(), rounds, controls);
    }

    /** The loop that the recipe asks for: from a start to its rounds. */
    private interface Rounds {
        List<Round> ofRecipe(Path start);

        List<Round> ofRerun(Rerun control, int index, Path start);
    }

    private Rounds loop(Judge judge, Evaluator evaluator) {
        return switch (recipe) {
            case LoopRecipe r -> {
                PreferenceLoop loop = new PreferenceLoop(r, run, seeds, judge, evaluator, learning, progress);
                yield new Rounds() {
                    @Override
                    public List<Round> ofRecipe(Path start) {
                        return loop.go(PreferenceLoop.Arm.main(r), start);
                    }

                    @Override
                    public List<Round> ofRerun(Rerun control, int index, Path start) {
                        return loop.go(PreferenceLoop.Arm.of(control, index, r), start);
                    }
                };
            }
            case OnlineRecipe r -> {
                OnlineLoop loop = new OnlineLoop(r, run, seeds, judge, cache, evaluator, learning, progress);
                yield new Rounds() {
                    @Override
                    public List<Round> ofRecipe(Path start) {
                        return loop.go(OnlineLoop.Arm.main(r), start);
                    }

                    @Override
                    public List<Round> ofRerun(Rerun control, int index, Path start) {
                        return loop.go(OnlineLoop.Arm.of(control, index, r), start);
                    }
                };
            }
        };
    }

    private List<Prompt> heldOut(Path start) {
        return run.stage("held-out.json", Stored.json(HeldOut.class), () -> {
                    try (LanguageModel model = learning.load(start)) {
                        return new HeldOut(
                                recipe.task().prompts(recipe.evaluation().prompts(), model, seeds.of("held-out")));
                    }
                })
                .prompts();
    }

    private List<Round> held(
            Control control, int index, Path start, Rounds loop, Evaluator evaluator, Sampling sampling) {
        String name = "controls/" + index + "/round.json";
        return switch (control) {
            case Rerun rerun -> loop.ofRerun(rerun, index, start);
            case BestOf best ->
                List.of(round(name, start, model -> evaluator.bestOf(best.n(), model, seeds.of("evaluation"))));
            case Temperature colder ->
                List.of(round(
                        name,
                        start,
                        // The divergence of the tempered distribution is another one than that of the weights, which is
                        // 0.
                        model -> evaluator
                                .evaluate(
                                        model,
                                        Optional.empty(),
                                        sampling.withTemperature(colder.temperature()),
                                        seeds.of("evaluation"))
                                .withUnknownKl()));
        };
    }

    private interface Look {
        Evaluation at(LanguageModel model);
    }

    private Round round(String name, Path start, Look look) {
        return run.stage(name, Stored.json(Round.class), () -> {
            long begin = System.nanoTime();
            try (LanguageModel model = learning.load(start)) {
                return new Round(0, 0, 0, OptionalDouble.empty(), look.at(model), (System.nanoTime() - begin) / 1e9);
            }
        });
    }
}
