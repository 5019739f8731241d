package org.thurstone.train.loss;

import org.thurstone.tensor.Tensor;

/**
 * Unlabelled completions in addition to those of each example of a batch: sampled, or made from the data.
 *
 * @param completions row i · each + j is the j-th of example i
 * @param each how many an example has
 */
public record Samples(Sequences completions, int each) {

    public Samples {
        if (each < 1 || completions.count() % each != 0) {
            throw new IllegalArgumentException(completions.count() + " samples are not " + each + " for each example");
        }
    }

    /** (n, each): one number per sample, as groups of an example. */
    public Tensor grouped(Tensor perSample) {
        return perSample.reshape(completions.count() / each, each);
    }

    /** (n): the mean over the samples of each example. */
    public Tensor mean(Tensor perSample) {
        return grouped(perSample).mean(1);
    }
}
