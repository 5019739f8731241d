package org.thurstone.train.signal;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.thurstone.train.example.TrainingExample;

/** The prompts of a data set as sentence embeddings, for the providers of {@link PromptSignal}s. */
public interface EmbeddedPrompts {

    /** The embedding of each example's prompt by example id; held-out examples included. */
    Map<String, float[]> vectors();

    /** The examples that something may be fitted to: those that are trained on. */
    List<? extends TrainingExample> training();

    /** The probability that a vector is of the first kind, by a classifier fitted to both; at least one of each. */
    ToDoubleFunction<float[]> classifier(List<float[]> first, List<float[]> second);

    RandomGenerator random();
}
