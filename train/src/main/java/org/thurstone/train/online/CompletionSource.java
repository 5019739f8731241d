package org.thurstone.train.online;

import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;

/** The source of samples. */
public interface CompletionSource {

    /**
     * Groups of samples to each prompt.
     *
     * @param groupings the sources of a group, one per sample; where there are several, all of one size, each prompt gets one at random
     * @return in the order of prompts; a prompt that leaves no room for a sample has none
     */
    List<Group> draw(
            Policies policies,
            List<EncodedPrompt> prompts,
            List<? extends List<? extends Source>> groupings,
            SplittableGenerator random);
}
