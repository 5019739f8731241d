package org.thurstone.train;

import java.util.Optional;
import org.thurstone.model.Policy;
import org.thurstone.train.loss.Draws;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.Signal;

/**
 * What a training is provided with beside frozen log-probabilities, for losses that ask for it.
 *
 * @param reference the reference policy itself, for losses that look at its whole distribution or its states, or at completions that are drawn
 *     anew; it stays the caller's to close
 * @param continuations how the policy is asked for completions, for losses that look at its own
 * @param features of prompts
 */
public record TrainingInputs(
        Optional<Policy> reference, Optional<Continuations> continuations, PromptFeatures features) {

    public static final TrainingInputs NONE =
            new TrainingInputs(Optional.empty(), Optional.empty(), PromptFeatures.NONE);

    /** Whether the reference has to run beside the policy for this loss. */
    public static boolean referenceNeeded(Loss loss) {
        return Signal.needReference(loss.signals()) || freshReference(loss);
    }

    /** Whether log-probabilities of the reference cannot be computed beforehand, because the completions are not yet known. */
    static boolean freshReference(Loss loss) {
        return ownSamples(loss).isPresent() && loss.signals().contains(FrozenLogProbs.REFERENCE);
    }

    /** Completions that the policy has to draw for each batch. */
    public static Optional<Draws> ownSamples(Loss loss) {
        return loss.draws().filter(d -> d.from() == Draws.From.POLICY);
    }

    /** Completions that the reference has to draw for the data. */
    public static Optional<Draws> referenceSamples(Loss loss) {
        return loss.draws().filter(d -> d.from() == Draws.From.REFERENCE);
    }

    /** Completions that come with the data, or are made of it. */
    public static Optional<Draws> dataSamples(Loss loss) {
        return loss.draws().filter(d -> d.from().fromData());
    }

    public static TrainingInputs of(Policy reference) {
        return NONE.withReference(reference);
    }

    public TrainingInputs withReference(Policy policy) {
        return new TrainingInputs(Optional.of(policy), continuations, features);
    }

    public TrainingInputs withContinuations(Continuations drawing) {
        return new TrainingInputs(reference, Optional.of(drawing), features);
    }

    public TrainingInputs withFeatures(PromptFeatures known) {
        return new TrainingInputs(reference, continuations, known);
    }
}
