package org.thurstone.train.signal;

import java.util.List;
import org.thurstone.train.example.TrainingExample;

/**
 * Further completions, one for each example of a data set, which the policy reads without gradient: of a batch those of its examples, as
 * {@code Sequences}. They are fixed with the data set, so that frozen log-probabilities are computed once for them, too.
 */
public record CompletionSignal(String name, String words, Provider provider) implements Signal {

    /** Makes the completions. */
    @FunctionalInterface
    public interface Provider {

        /** One for each example, in order, with an id of its own. */
        List<? extends TrainingExample> of(List<? extends TrainingExample> data);
    }
}
