package org.thurstone.train.online;

import java.util.List;

/**
 * Rewards and preferences of the samples of a step. A method uses those that it needs. Where a judge or annotator is needed, respondents are asked, in the words
 * that they read; where a world's own tables say it, it is looked up, as the samples of {@link ExactCompletions} are.
 */
public interface SampleValues {

    /** One finite number for each sample, larger is better. */
    double[] rewards(List<Sample> samples);

    /** For each match the probability that left is better, in [0, 1]; 0 or 1 from one who is sure, ½ for a tie. */
    double[] preferences(List<SamplePair> matches);

    /**
     * Several rewards for each sample, for methods that keep some of them within bounds: the first is the one to be raised.
     *
     * @return one array for each reward
     */
    default List<double[]> components(List<Sample> samples) {
        return List.of(rewards(samples));
    }
}
