package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.Scores;
import org.thurstone.loop.Progress;
import org.thurstone.loop.evaluation.AnswerOutcome;
import org.thurstone.loop.evaluation.Diversity;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.evaluation.Evaluation.ExampleAnswer;
import org.thurstone.model.TokenTree;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.Sampling;
import org.thurstone.statistics.Estimate;
import org.thurstone.worlds.language.CompletionSampler.Sampled;
import org.thurstone.worlds.language.task.Task;

/** Samples one completion per held-out prompt from a policy and evaluates them. */
final class Evaluator {

    /** Completions that a report shows. */
    private static final int EXAMPLES = 12;

    private final Task task;
    private final Inquiry inquiry;
    private final Optional<Respondent> judge;
    private final List<Prompt> heldOut;
    private final Sampling sampling;
    private final boolean greedy;
    private final Progress progress;
    private final Optional<WinRate> winRate;
    private final Optional<String> plainText;

    /**
     * @param judge who scores; without one there are no scores
     * @param sampling of the completions that make the headline
     * @param winRate compares completions with the initial policy's, where the recipe asks for it
     * @param plainText whose perplexity is measured; without one there is none
     */
    Evaluator(
            Task task,
            Inquiry inquiry,
            Optional<Respondent> judge,
            List<Prompt> heldOut,
            Sampling sampling,
            boolean greedy,
            Progress progress,
            Optional<WinRate> winRate,
            Optional<String> plainText) {
        this.task = task;
        this.inquiry = inquiry;
        this.judge = judge;
        this.heldOut = List.copyOf(heldOut);
        this.sampling = sampling;
        this.greedy = greedy;
        this.progress = progress;
        this.winRate = winRate;
        this.plainText = plainText;
    }

    /**
     * Asks the judge, and the annotator if there is a win rate.
     *
     * @param stage that uses the answers
     * @param start what the divergence is measured to; empty if the policy is the start itself
     */
    Evaluation evaluate(LanguageModel policy, String stage, Optional<LanguageModel> start, SplittableGenerator random) {
        return evaluate(policy, stage, start, sampling, random);
    }

    /** The same at another temperature. */
    Evaluation evaluate(
            LanguageModel policy,
            String stage,
            Optional<LanguageModel> start,
            Sampling with,
            SplittableGenerator random) {
        long begin = System.nanoTime();
        List<Sampled> sampled = CompletionSampler.sample(policy, heldOut, 1, with, random, progress);
        double seconds = (System.nanoTime() - begin) / 1e9;
        int tokens = sampled.stream().mapToInt(Sampled::tokens).sum();
        List<OptionalDouble> scores = scores(sampled, stage);
        return new Evaluation(
                estimate(scores),
                start.isPresent() && winRate.isPresent()
                        ? Optional.of(winRate.get().of(sampled, start.get(), stage, with, progress))
                        : Optional.empty(),
                greedy && judge.isPresent() ? greedyScore(policy, stage, random) : OptionalDouble.empty(),
                sound(sampled, scores),
                (double) tokens / sampled.size(),
                start.map(s -> divergence(sampled, s)).orElse(0.0),
                distinct2(sampled),
                tokens / seconds,
                examples(sampled, scores),
                perplexity(policy),
                outcomes(sampled));
    }

    /**
     * The judge's best of n completions of each held-out prompt. Its divergence is at most log n − (n − 1)/n (arXiv:2401.01879), which is
     * reported.
     */
    Evaluation bestOf(int n, LanguageModel policy, String stage, SplittableGenerator random) {
        Respondent who = judge.orElseThrow(() ->
                new UserError("the baseline 'best-of' chooses by a judge's scores, and the recipe names no judge"));
        long begin = System.nanoTime();
        List<Sampled> sampled = CompletionSampler.sample(policy, heldOut, n, sampling, random, progress);
        double seconds = (System.nanoTime() - begin) / 1e9;
        int tokens = sampled.stream().mapToInt(Sampled::tokens).sum();
        List<Completions> completions = sampled.stream().map(Sampled::toJudge).toList();
        Map<Completions, List<OptionalDouble>> scores = Scores.of(inquiry, who, stage, completions);
        List<Sampled> best = new ArrayList<>();
        List<OptionalDouble> bestScores = new ArrayList<>();
        for (int i = 0; i < sampled.size(); i++) {
            List<OptionalDouble> of = Objects.requireNonNull(scores.get(completions.get(i)));
            int winner = 0;
            for (int j = 1; j < of.size(); j++) {
                winner = of.get(j).orElse(Double.NEGATIVE_INFINITY)
                                > of.get(winner).orElse(Double.NEGATIVE_INFINITY)
                        ? j
                        : winner;
            }
            best.add(sampled.get(i).only(winner));
            bestScores.add(of.get(winner));
        }
        return new Evaluation(
                estimate(bestScores),
                Optional.empty(),
                OptionalDouble.empty(),
                sound(best, bestScores),
                best.stream().mapToInt(Sampled::tokens).average().orElse(0),
                Math.log(n) - (n - 1.0) / n,
                distinct2(best),
                tokens / seconds,
                examples(best, bestScores),
                perplexity(policy),
                outcomes(best));
    }

    /** What became of the first completion of each prompt, if the task can tell of all. */
    private Optional<List<AnswerOutcome>> outcomes(List<Sampled> sampled) {
        List<AnswerOutcome> outcomes = sampled.stream()
                .flatMap(s -> task.outcome(s.prompt(), s.completions().getFirst()).stream())
                .toList();
        return outcomes.size() == sampled.size() ? Optional.of(outcomes) : Optional.empty();
    }

    /** The perplexity of the plain text, over the tokens of all its paragraphs but the first of each, which nothing precedes. */
    private OptionalDouble perplexity(LanguageModel policy) {
        if (plainText.isEmpty()) {
            return OptionalDouble.empty();
        }
        int context = policy.policy().context();
        List<TokenTree> trees = plainText
                .get()
                .lines()
                .filter(paragraph -> !paragraph.isBlank())
                .map(paragraph -> policy.tokenizer().encode(paragraph, true))
                .map(tokens -> Arrays.copyOf(tokens, Math.min(tokens.length, context)))
                .filter(tokens -> tokens.length > 1)
                .map(tokens -> TokenTree.of(Arrays.copyOf(tokens, 1), Arrays.copyOfRange(tokens, 1, tokens.length)))
                .toList();
        int scored = trees.stream().mapToInt(tree -> tree.size() - 1).sum();
        double sum = Arrays.stream(LogProbs.ofLeaves(policy.policy(), trees)).sum();
        return scored == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(-sum / scored));
    }

    private static Optional<Estimate> estimate(List<OptionalDouble> scores) {
        double[] known = known(scores);
        return known.length == 0 ? Optional.empty() : Optional.of(Estimate.ofMean(known));
    }

    private static double[] known(List<OptionalDouble> scores) {
        return scores.stream().flatMapToDouble(OptionalDouble::stream).toArray();
    }

    private static double distinct2(List<Sampled> sampled) {
        return Diversity.distinct2(sampled.stream()
                .map(a -> a.completions().getFirst().text().plain())
                .toList());
    }

    private OptionalDouble greedyScore(LanguageModel policy, String stage, SplittableGenerator random) {
        List<Sampled> sampled =
                CompletionSampler.sample(policy, heldOut, 1, Sampling.greedy(sampling.maxTokens()), random, progress);
        return Arrays.stream(known(scores(sampled, stage))).average();
    }

    /** The score of the first completion of each prompt; empty if there is none, as without a judge. */
    private List<OptionalDouble> scores(List<Sampled> sampled, String stage) {
        if (judge.isEmpty()) {
            return Collections.nCopies(sampled.size(), OptionalDouble.empty());
        }
        List<Completions> completions = sampled.stream().map(Sampled::toJudge).toList();
        Map<Completions, List<OptionalDouble>> scores = Scores.of(inquiry, judge.get(), stage, completions);
        return completions.stream()
                .map(c -> Objects.requireNonNull(scores.get(c)).getFirst())
                .toList();
    }

    /** Share of sound derivations, by the task, among completions with a score of at least one half. */
    private OptionalDouble sound(List<Sampled> sampled, List<OptionalDouble> scores) {
        int correct = 0;
        int sound = 0;
        for (int i = 0; i < sampled.size(); i++) {
            if (scores.get(i).orElse(0) >= 0.5) {
                Optional<Boolean> found = task.sound(
                        sampled.get(i).prompt(), sampled.get(i).completions().getFirst());
                correct += found.isPresent() ? 1 : 0;
                sound += found.orElse(false) ? 1 : 0;
            }
        }
        return correct == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sound / correct);
    }

    /**
     * The mean of log π − log π_start over the completions, which are π's own: an unbiased estimate of the divergence where they were sampled
     * at temperature 1.
     */
    private static double divergence(List<Sampled> sampled, LanguageModel start) {
        double[] theirs = LogProbs.ofLeaves(
                start.policy(), sampled.stream().map(Sampled::tree).toList());
        double sum = 0;
        for (int i = 0; i < theirs.length; i++) {
            sum += sampled.get(i).generations().getFirst().sumLogProb() - theirs[i];
        }
        return sum / theirs.length;
    }

    private static List<ExampleAnswer> examples(List<Sampled> sampled, List<OptionalDouble> scores) {
        List<ExampleAnswer> examples = new ArrayList<>();
        for (int i = 0; i < Math.min(EXAMPLES, sampled.size()); i++) {
            examples.add(new ExampleAnswer(
                    sampled.get(i).prompt().text().plain(),
                    sampled.get(i).completions().getFirst().text().plain(),
                    scores.get(i)));
        }
        return examples;
    }
}
