package org.thurstone.train;

import java.util.Map;
import java.util.Optional;

/**
 * One step of training.
 *
 * @param step from 1
 * @param steps of the whole training
 * @param epoch how many times the data has been seen, fractional
 * @param loss of the batch
 * @param parts of the loss, by name; they add up to it
 * @param rewards of pairs or labelled completions, before the step
 * @param divergence of the batch's completions from the reference in nats per completion, as {@link Evaluation#divergence}; NaN without one
 * @param gradientNorm before clipping
 * @param learningRate of this step
 * @param examples in the batch
 * @param tokens prompts and completions that were read, no padding, each once
 * @param seconds that the step took
 */
public record StepMetrics(
        long step,
        long steps,
        double epoch,
        double loss,
        Map<String, Double> parts,
        Optional<Rewards> rewards,
        double divergence,
        double gradientNorm,
        double learningRate,
        int examples,
        long tokens,
        double seconds) {

    /** Real tokens per second. */
    public double tokensPerSecond() {
        return tokens / seconds;
    }
}
