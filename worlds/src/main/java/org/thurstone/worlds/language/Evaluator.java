package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.judge.Judge;
import org.thurstone.loop.Progress;
import org.thurstone.loop.evaluation.Diversity;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.evaluation.Evaluation.ExampleAnswer;
import org.thurstone.model.LanguageModel;
import org.thurstone.model.sample.Sampling;
import org.thurstone.rank.Estimate;
import org.thurstone.worlds.language.Answering.Answered;
import org.thurstone.worlds.language.task.Task;

/** Has a policy answer the held-out prompts, once each, and looks at the answers. */
final class Evaluator {

    /** Answers that a report shows. */
    private static final int EXAMPLES = 12;

    private final Task task;
    private final Judge judge;
    private final List<Prompt> heldOut;
    private final Sampling sampling;
    private final boolean greedy;
    private final Progress progress;

    /** @param sampling of the answers that make the headline */
    Evaluator(Task task, Judge judge, List<Prompt> heldOut, Sampling sampling, boolean greedy, Progress progress) {
        this.task = task;
        this.judge = judge;
        this.heldOut = List.copyOf(heldOut);
        this.sampling = sampling;
        this.greedy = greedy;
        this.progress = progress;
    }

    /** @param start what the divergence is measured to; empty if the policy is the start itself */
    Evaluation evaluate(LanguageModel policy, Optional<LanguageModel> start, SplittableGenerator random) {
        return evaluate(policy, start, sampling, random);
    }

    /** The same at another temperature. */
    Evaluation evaluate(
            LanguageModel policy, Optional<LanguageModel> start, Sampling with, SplittableGenerator random) {
        long begin = System.nanoTime();
        List<Answered> answered = Answering.answer(policy, heldOut, 1, with, random, progress);
        double seconds = (System.nanoTime() - begin) / 1e9;
        int tokens = answered.stream().mapToInt(Answered::tokens).sum();
        List<Double> scores = scores(answered);
        return new Evaluation(
                Estimate.ofMean(scores.stream().mapToDouble(Double::doubleValue).toArray()),
                greedy ? OptionalDouble.of(greedyScore(policy, random)) : OptionalDouble.empty(),
                sound(answered, scores),
                (double) tokens / answered.size(),
                start.map(s -> divergence(answered, s)).orElse(0.0),
                Diversity.distinct2(answered.stream()
                        .map(a -> a.completions().getFirst().text().plain())
                        .toList()),
                tokens / seconds,
                examples(answered, scores));
    }

    /** The judge's best of n answers to each held-out prompt. Its divergence is at most log n − (n − 1)/n (arXiv:2401.01879), which is reported. */
    Evaluation bestOf(int n, LanguageModel policy, SplittableGenerator random) {
        long begin = System.nanoTime();
        List<Answered> answered = Answering.answer(policy, heldOut, n, sampling, random, progress);
        double seconds = (System.nanoTime() - begin) / 1e9;
        int tokens = answered.stream().mapToInt(Answered::tokens).sum();
        CrashPoint.RESPONDENT.reached();
        List<ScoredCompletions> scores =
                judge.scoreAll(answered.stream().map(Answered::toJudge).toList());
        List<Answered> best = new ArrayList<>();
        List<Double> bestScores = new ArrayList<>();
        for (int i = 0; i < answered.size(); i++) {
            List<Double> of = scores.get(i).scores();
            int winner = 0;
            for (int j = 1; j < of.size(); j++) {
                winner = of.get(j) > of.get(winner) ? j : winner;
            }
            best.add(answered.get(i).only(winner));
            bestScores.add(of.get(winner));
        }
        return new Evaluation(
                Estimate.ofMean(
                        bestScores.stream().mapToDouble(Double::doubleValue).toArray()),
                OptionalDouble.empty(),
                sound(best, bestScores),
                best.stream().mapToInt(Answered::tokens).average().orElse(0),
                Math.log(n) - (n - 1.0) / n,
                Diversity.distinct2(best.stream()
                        .map(a -> a.completions().getFirst().text().plain())
                        .toList()),
                tokens / seconds,
                examples(best, bestScores));
    }

    private double greedyScore(LanguageModel policy, SplittableGenerator random) {
        List<Double> scores =
                scores(Answering.answer(policy, heldOut, 1, Sampling.greedy(sampling.maxTokens()), random, progress));
        return scores.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private List<Double> scores(List<Answered> answered) {
        CrashPoint.RESPONDENT.reached();
        return judge.scoreAll(answered.stream().map(Answered::toJudge).toList()).stream()
                .map(scored -> scored.scores().getFirst())
                .toList();
    }

    /** Of the answers that score at least one half, the share that the task calls sound. */
    private OptionalDouble sound(List<Answered> answered, List<Double> scores) {
        int right = 0;
        int sound = 0;
        for (int i = 0; i < answered.size(); i++) {
            if (scores.get(i) >= 0.5) {
                Optional<Boolean> told = task.sound(
                        answered.get(i).prompt(), answered.get(i).completions().getFirst());
                right += told.isPresent() ? 1 : 0;
                sound += told.orElse(false) ? 1 : 0;
            }
        }
        return right == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sound / right);
    }

    /**
     * The mean of log π − log π_start over the answers, which are π's own: an unbiased estimate of the divergence where they were sampled
     * at temperature 1.
     */
    private static double divergence(List<Answered> answered, LanguageModel start) {
        double[] theirs = LogProbs.ofLeaves(
                start.policy(), answered.stream().map(Answered::tree).toList());
        double sum = 0;
        for (int i = 0; i < theirs.length; i++) {
            sum += answered.get(i).generations().getFirst().sumLogProb() - theirs[i];
        }
        return sum / theirs.length;
    }

    private static List<ExampleAnswer> examples(List<Answered> answered, List<Double> scores) {
        List<ExampleAnswer> examples = new ArrayList<>();
        for (int i = 0; i < Math.min(EXAMPLES, answered.size()); i++) {
            examples.add(new ExampleAnswer(
                    answered.get(i).prompt().text().plain(),
                    answered.get(i).completions().getFirst().text().plain(),
                    scores.get(i)));
        }
        return examples;
    }
}
