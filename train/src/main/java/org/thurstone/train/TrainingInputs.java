package org.thurstone.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.Policy;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.TableSignal;

/**
 * Inputs of a loss in addition to its examples. {@link LossRequirements} lists those that a loss needs.
 *
 * @param tables log-probabilities of policies that are not trained, and other numbers per token; a reference that the loss does not need is
 *     used for the figures
 * @param reference the reference policy itself, for losses that look at its whole distribution or its states, or at completions that are drawn
 *     anew; it stays the caller's to close
 * @param continuations how the policy is asked for completions, for losses that look at its own
 * @param features of prompts
 */
public record TrainingInputs(
        Map<TableSignal, FrozenLogProbs> tables,
        Optional<Policy> reference,
        Optional<CompletionSettings> continuations,
        PromptFeatures features) {

    public static final TrainingInputs NONE =
            new TrainingInputs(Map.of(), Optional.empty(), Optional.empty(), PromptFeatures.NONE);

    public TrainingInputs {
        tables = Map.copyOf(tables);
    }

    /** For losses that need log-probabilities of a reference at most. */
    public static TrainingInputs reference(FrozenLogProbs logProbs) {
        return NONE.with(FrozenLogProbs.REFERENCE, logProbs);
    }

    /** The same with another table. */
    public TrainingInputs with(TableSignal signal, FrozenLogProbs table) {
        Map<TableSignal, FrozenLogProbs> more = new HashMap<>(tables);
        more.put(signal, table);
        return new TrainingInputs(more, reference, continuations, features);
    }

    /** The same with a reference that runs in addition to the policy. */
    public TrainingInputs with(Policy liveReference) {
        return new TrainingInputs(tables, Optional.of(liveReference), continuations, features);
    }

    public TrainingInputs with(CompletionSettings drawing) {
        return new TrainingInputs(tables, reference, Optional.of(drawing), features);
    }

    public TrainingInputs with(PromptFeatures known) {
        return new TrainingInputs(tables, reference, continuations, known);
    }
}
