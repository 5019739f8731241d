package org.thurstone.worlds.language;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.thurstone.data.InputFile;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Respondent;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Loop;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Round;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.run.Codec;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.Outputs;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.Sampling;
import org.thurstone.worlds.language.baseline.Baseline;
import org.thurstone.worlds.language.baseline.BestOf;
import org.thurstone.worlds.language.baseline.Rerun;
import org.thurstone.worlds.language.baseline.Temperature;
import org.thurstone.worlds.language.task.Task;

/** A whole run: the initial policy, the loop, and the baselines. */
public final class IterativeRun {

    /**
     * @param scoreName what the judge's score is called
     * @param rounds the start first, then one per iteration
     * @param baselines in the recipe's order
     * @param respondents what was asked of each, by its key
     * @param models the models behind endpoints that answered
     */
    public record Outcome(
            String scoreName,
            List<Round> rounds,
            List<BaselineResult> baselines,
            SequencedMap<String, Ledger.Tally> respondents,
            AnsweringModels models) {
        public Outcome {
            rounds = List.copyOf(rounds);
            baselines = List.copyOf(baselines);
        }
    }

    /**
     * The result of a baseline.
     *
     * @param rounds one per iteration for a rerun, a single one otherwise
     */
    public record BaselineResult(String title, List<Round> rounds) {
        public BaselineResult {
            rounds = List.copyOf(rounds);
        }
    }

    /** The held-out prompts, as they are stored. */
    private record HeldOut(List<Prompt> prompts) {}

    /** Respondents of the program that began the run: identities by name. */
    private record GivenRespondents(SequencedMap<String, String> identities) {}

    private final RunRecipe recipe;
    private final Task task;
    private final RunDirectory run;
    private final ModelTrainer learning;
    private final Seeds seeds;
    private final Inquiry inquiry;
    private final Optional<Respondent> judge;
    private final Respondent annotator;
    private final Map<String, Respondent> given;
    private final Path cache;
    private final Progress progress;

    /**
     * Nothing is computed or asked yet.
     *
     * @param ledger of the run
     */
    public IterativeRun(
            OpenedRecipe opened, RunDirectory run, Ledger ledger, ModelTrainer learning, Progress progress) {
        this.recipe = opened.recipe();
        this.run = run;
        this.learning = learning;
        this.seeds = new Seeds(recipe.seed());
        this.given = opened.given();
        this.cache = opened.cache();
        this.progress = progress;
        Inputs.of(recipe).check(run, progress);
        refuseOtherRespondents();
        this.task = opened.task();
        this.inquiry =
                new Inquiry(ledger, seeds::of, recipe.asking().tolerance(), line -> progress.say("warning: " + line));
        this.judge = opened.judge();
        this.annotator = opened.annotator();
    }

    /** The settings of given respondents are not part of the recipe, so they are recorded separately. */
    private void refuseOtherRespondents() {
        if (given.isEmpty()) {
            return;
        }
        SequencedMap<String, String> now = new TreeMap<>();
        given.forEach((name, respondent) -> now.put(name, respondent.identity().key()));
        GivenRespondents then = run.output(
                "given-respondents.json", Codec.json(GivenRespondents.class), none -> new GivenRespondents(now));
        if (!now.equals(then.identities)) {
            throw new UserError("the respondents given to the run in " + run.root() + " are " + now + ", and were "
                    + then.identities + " when it began: give the same, or start a new run elsewhere");
        }
    }

    public Outcome run() {
        Path start = run.output("start", Checkpoints.POLICY.codec(), directory -> {
            task.start(directory.get(), recipe.model(), learning, seeds, progress);
            return directory.get();
        });
        Sampling sampling =
                recipe.sampling().withTemperature(recipe.evaluation().temperature());
        Evaluator evaluator = new Evaluator(
                task,
                inquiry,
                judge,
                heldOut(start),
                sampling,
                recipe.evaluation().greedy(),
                progress,
                recipe.evaluation().pairs() == 0
                        ? Optional.empty()
                        : Optional.of(new WinRate(
                                inquiry, annotator, recipe.evaluation().pairs(), () -> seeds.of("evaluation/initial"))),
                recipe.evaluation().plainText().map(IterativeRun::text).or(task::plainText));
        LanguageWorld world = new LanguageWorld(run.root(), task, learning, recipe.sampling(), evaluator, progress);
        Round zero = round(
                "iteration-0/round.json",
                start,
                (model, stage) -> evaluator.evaluate(model, stage, Optional.empty(), seeds.of("evaluation")));
        Stages stages = new Stages(world, run, inquiry, judge, annotator, given, learning, seeds, progress);
        Loop<Path> loop = new Loop<>(run, seeds, progress);
        List<Round> rounds = new ArrayList<>(List.of(zero));
        rounds.addAll(rounds(loop.run(arm("", "this recipe", stages, Optional.empty()), start)));
        List<BaselineResult> baselines = new ArrayList<>();
        for (int i = 0; i < recipe.baselines().size(); i++) {
            Baseline baseline = recipe.baselines().get(i);
            String directory = "baselines/" + (i + 1) + "/";
            baselines.add(new BaselineResult(
                    baseline.title(),
                    switch (baseline) {
                        case Rerun rerun ->
                            rounds(loop.run(arm(directory, baseline.title(), stages, Optional.of(rerun)), start));
                        case BestOf best ->
                            List.of(round(
                                    directory + "round.json",
                                    start,
                                    (model, stage) ->
                                            evaluator.bestOf(best.n(), model, stage, seeds.of("evaluation"))));
                        case Temperature colder ->
                            // The divergence of the tempered distribution is not that of the weights, which is 0.
                            List.of(round(
                                    directory + "round.json",
                                    start,
                                    (model, stage) -> evaluator
                                            .evaluate(
                                                    model,
                                                    stage,
                                                    Optional.empty(),
                                                    sampling.withTemperature(colder.temperature()),
                                                    seeds.of("evaluation"))
                                            .withUnknownKl()));
                    }));
        }
        return new Outcome(
                scoreName(),
                rounds,
                baselines,
                new LinkedHashMap<>(inquiry.ledger().tallies()),
                AnsweringModels.of(inquiry.ledger()));
    }

    private static String text(Path file) {
        try {
            return InputFile.text(file);
        } catch (IOException e) {
            throw UserError.reading(file, e);
        }
    }

    private String scoreName() {
        return recipe.judge().isPresent() ? "score" : task.scoreName();
    }

    private Arm<Path> arm(String directory, String title, Stages stages, Optional<Rerun> rerun) {
        return new Arm<>(
                directory,
                title,
                recipe.iterations(),
                switch (recipe) {
                    case LoopRecipe r -> stages.iterative(r, rerun);
                    case OnlineRecipe r -> stages.online(r, rerun, cache);
                },
                Stages.policy(recipe));
    }

    private static List<Round> rounds(List<Iteration<Path>> iterations) {
        return iterations.stream().map(i -> i.get(Outputs.ROUND)).toList();
    }

    private List<Prompt> heldOut(Path start) {
        return run.output("held-out.json", Codec.json(HeldOut.class), none -> {
                    try (LanguageModel model = learning.load(start)) {
                        return new HeldOut(task.heldOut(recipe.evaluation().prompts(), model, seeds.of("held-out")));
                    }
                })
                .prompts();
    }

    private interface ModelEvaluation {
        Evaluation at(LanguageModel model, String stage);
    }

    private Round round(String name, Path start, ModelEvaluation look) {
        return run.output(name, Outputs.ROUND.codec(), none -> {
            long begin = System.nanoTime();
            try (LanguageModel model = learning.load(start)) {
                return new Round(
                        0, 0, 0, OptionalDouble.empty(), look.at(model, name), (System.nanoTime() - begin) / 1e9);
            }
        });
    }
}
