package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.UserError;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.feedback.judge.Judge;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Round;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.run.Stored;
import org.thurstone.model.LanguageModel;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.worlds.language.Answering.Answered;
import org.thurstone.worlds.language.control.Rerun;

/**
 * Round and round: sample → judge → pair → select → annotate → train → evaluate. Every arrow's output is a stage of the run directory, so
 * that the loop can be killed anywhere and goes on from there with the same result.
 */
final class PreferenceLoop {

    /** One way through the loop: the recipe's own, or a control's. */
    record Arm(String directory, String title, Acquisition acquisition, Loss loss) {

        static Arm main(LoopRecipe recipe) {
            return new Arm("", "this recipe", recipe.acquisition(), recipe.loss());
        }

        static Arm of(Rerun control, int index, LoopRecipe recipe) {
            return new Arm(
                    "controls/" + index + "/",
                    control.title(),
                    control.acquisition().orElse(recipe.acquisition()),
                    control.loss().orElse(recipe.loss()));
        }
    }

    /** What an iteration's selection leaves to be told beside the comparisons themselves. */
    private record Selection(int candidates, OptionalDouble lucky) {}

    private final LoopRecipe recipe;
    private final RunDirectory run;
    private final Seeds seeds;
    private final Judge judge;
    private final Evaluator evaluator;
    private final Learning learning;
    private final Progress progress;

    PreferenceLoop(
            LoopRecipe recipe,
            RunDirectory run,
            Seeds seeds,
            Judge judge,
            Evaluator evaluator,
            Learning learning,
            Progress progress) {
        this.recipe = recipe;
        this.run = run;
        this.seeds = seeds;
        this.judge = judge;
        this.evaluator = evaluator;
        this.learning = learning;
        this.progress = progress;
    }

    /** All iterations of an arm. @return one round each */
    List<Round> go(Arm arm, Path start) {
        List<Round> rounds = new ArrayList<>();
        List<Path> iterates = new ArrayList<>(List.of(start));
        List<Path> estimates = new ArrayList<>(List.of(start));
        List<Integer> budgets = recipe.budgets();
        for (int k = 1; k <= recipe.iterations(); k++) {
            rounds.add(iterate(arm, k, budgets.get(k - 1), iterates, estimates));
        }
        return rounds;
    }

    private Round iterate(Arm arm, int k, int budget, List<Path> iterates, List<Path> estimates) {
        String at = arm.directory + "iteration-" + k + "/";
        // The same prompts and the same randomness for every arm, so that arms differ by what they do alone.
        String stream = "iteration-" + k + "/";
        long begin = System.nanoTime();
        Path current = iterates.getLast();
        if (!run.has(at + "policy")) {
            progress.say((arm.directory.isEmpty() ? "" : arm.title + ": ") + "iteration " + k);
        }
        // Every arm begins with what the start answers: it is asked once.
        List<Ranking> answers = run.examplesStage(
                (k == 1 ? stream : at) + "answers.jsonl",
                Ranking.class,
                () -> answers(stream, current, iterates.getFirst()));
        List<Comparison> comparisons = run.examplesStage(
                at + "comparisons.jsonl", Comparison.class, () -> comparisons(arm, stream, budget, answers, iterates));
        Selection selection =
                run.stage(at + "selection.json", Stored.json(Selection.class), () -> tell(answers, stream));
        boolean extrapolating = recipe.extrapolation().isPresent();
        Path estimate = run.directoryStage(
                at + (extrapolating ? "estimate" : "policy"),
                aside -> learning.learn(
                        current,
                        references(iterates),
                        comparisons,
                        arm.loss,
                        recipe.training().withSeed(seeds.number(stream + "training")),
                        at + "training",
                        aside));
        Path before = estimates.getLast();
        Path policy = extrapolating
                ? run.directoryStage(
                        at + "policy",
                        aside -> learning.extrapolate(
                                estimate, before, recipe.extrapolation().orElseThrow(), aside))
                : estimate;
        estimates.add(estimate);
        iterates.add(policy);
        return run.stage(at + "round.json", Stored.json(Round.class), () -> {
            try (LanguageModel trained = learning.load(policy);
                    LanguageModel origin = learning.load(iterates.getFirst())) {
                return new Round(
                        k,
                        comparisons.size(),
                        selection.candidates,
                        selection.lucky,
                        evaluator.evaluate(trained, Optional.of(origin), seeds.of("evaluation")),
                        (System.nanoTime() - begin) / 1e9);
            }
        });
    }

    /** The policies that a loss may hold on to; several checkpoints stand for the mean of their weights. */
    private Map<TableSignal, List<Path>> references(List<Path> iterates) {
        List<Path> reference = switch (recipe.reference()) {
            case PREVIOUS -> List.of(iterates.getLast());
            case INITIAL -> List.of(iterates.getFirst());
            case AVERAGE -> List.copyOf(iterates);
        };
        return Map.of(
                FrozenLogProbs.REFERENCE, reference, FrozenLogProbs.SECOND_REFERENCE, List.of(iterates.getFirst()));
    }

    private List<Ranking> answers(String stream, Path current, Path start) {
        try (LanguageModel policy = learning.load(current);
                LanguageModel origin = learning.load(start)) {
            List<Prompt> prompts = recipe.task().prompts(recipe.prompts(), origin, seeds.of(stream + "prompts"));
            List<Answered> answered = Answering.answer(
                    policy, prompts, recipe.answers(), recipe.sampling(), seeds.of(stream + "answers"), progress);
            CrashPoint.RESPONDENT.reached();
            return judge.scoreAll(answered.stream().map(Answered::toJudge).toList()).stream()
                    .flatMap(scored -> ranking(scored).stream())
                    .toList();
        }
    }

    private List<CandidatePair> candidates(List<Ranking> answers, String stream) {
        var random = seeds.of(stream + "pairing");
        return answers.stream()
                .map(PreferenceLoop::scored)
                .flatMap(scored -> recipe.pairing().pairs(scored, random).stream())
                .toList();
    }

    private List<Comparison> comparisons(
            Arm arm, String stream, int budget, List<Ranking> answers, List<Path> iterates) {
        List<CandidatePair> candidates = candidates(answers, stream);
        if (candidates.isEmpty()) {
            throw new UserError(
                    "no prompt gave a pair to ask about: the answers to each are alike or score alike; sample more "
                            + "answers, warmer, or choose another pairing");
        }
        List<CandidatePair> chosen = arm.acquisition.select(
                candidates,
                pairs -> recipe.margin().margins(iterates, policy -> learning.differences(pairs, policy)),
                budget,
                seeds.of(stream + "acquisition"));
        var random = seeds.of(stream + "annotation");
        return chosen.stream()
                .map(pair -> {
                    CrashPoint.RESPONDENT.reached();
                    return pair.labelledByJudge(recipe.annotator().annotate(pair, random), Provenance.UNKNOWN);
                })
                .toList();
    }

    private Selection tell(List<Ranking> answers, String stream) {
        int right = 0;
        int unsound = 0;
        for (Ranking ranking : answers) {
            List<Double> values = ranking.values().orElseThrow();
            for (int i = 0; i < values.size(); i++) {
                Optional<Boolean> sound = values.get(i) >= 0.5
                        ? recipe.task()
                                .sound(ranking.prompt(), ranking.completions().get(i))
                        : Optional.empty();
                right += sound.isPresent() ? 1 : 0;
                unsound += sound.isPresent() && !sound.get() ? 1 : 0;
            }
        }
        return new Selection(
                candidates(answers, stream).size(),
                right == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) unsound / right));
    }

    /** Empty answers teach nothing and are left out; a prompt with fewer than two others makes no ranking. */
    private static Optional<Ranking> ranking(ScoredCompletions all) {
        List<Completion> said = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (!all.completions().get(i).text().plain().isBlank()) {
                said.add(all.completions().get(i));
                scores.add(all.scores().get(i));
            }
        }
        if (said.size() < 2) {
            return Optional.empty();
        }
        List<Integer> places = scores.stream()
                .map(score -> (int) scores.stream()
                        .filter(other -> other > score)
                        .distinct()
                        .count())
                .toList();
        return Optional.of(new Ranking(all.prompt(), said, places, Optional.of(scores), Provenance.by("judge")));
    }

    private static ScoredCompletions scored(Ranking ranking) {
        return new ScoredCompletions(
                ranking.prompt(), ranking.completions(), ranking.values().orElseThrow());
    }
}
