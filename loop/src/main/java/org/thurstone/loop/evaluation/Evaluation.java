package org.thurstone.loop.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.statistics.Estimate;

/**
 * The evaluation of a policy on held-out prompts.
 *
 * @param score the mean score of sampled completions, one per prompt: accuracy where the judge is a verifier; empty without a judge
 * @param winRate how often an annotator prefers the policy's completion to the initial policy's, ties half; empty without an annotator
 * @param greedy the same score of the most likely answers; empty where not asked for
 * @param sound the share of right answers that were also rightly come by, where the task can tell
 * @param meanLength tokens per answer, sampled
 * @param klToStart nats an answer: the mean of log π − log π_start over the sampled answers; 0 for the start itself, NaN where it was not measured
 * @param distinct2 different word pairs over all word pairs of the sampled answers: collapse shows here before it shows in likelihoods
 * @param tokensPerSecond of sampling
 * @param examples sampled answers to the first few prompts
 * @param perplexity per token of a plain text, which tells whether the model still writes as before; empty where there is no such text
 * @param outcomes of the sampled completions, in the order of the held-out prompts; empty where the task cannot tell
 */
public record Evaluation(
        Optional<Estimate> score,
        Optional<Estimate> winRate,
        OptionalDouble greedy,
        OptionalDouble sound,
        double meanLength,
        double klToStart,
        double distinct2,
        double tokensPerSecond,
        List<ExampleAnswer> examples,
        OptionalDouble perplexity,
        Optional<List<AnswerOutcome>> outcomes) {

    /** A prompt, what was answered, and how it scored. */
    public record ExampleAnswer(String prompt, String answer, OptionalDouble score) {}

    public Evaluation {
        examples = List.copyOf(examples);
        outcomes = outcomes.map(List::copyOf);
    }

    /** An evaluation without perplexity and outcomes. */
    public Evaluation(
            Optional<Estimate> score,
            Optional<Estimate> winRate,
            OptionalDouble greedy,
            OptionalDouble sound,
            double meanLength,
            double klToStart,
            double distinct2,
            double tokensPerSecond,
            List<ExampleAnswer> examples) {
        this(
                score,
                winRate,
                greedy,
                sound,
                meanLength,
                klToStart,
                distinct2,
                tokensPerSecond,
                examples,
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** The same where the divergence to the start was not measured. */
    public Evaluation withUnknownKl() {
        return new Evaluation(
                score,
                winRate,
                greedy,
                sound,
                meanLength,
                Double.NaN,
                distinct2,
                tokensPerSecond,
                examples,
                perplexity,
                outcomes);
    }
}
