package org.thurstone.train.online;

import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;

/** How samples are drawn. */
public interface Drawing {

    /**
     * Groups of samples to each prompt.
     *
     * @param seatings who sits at the table, a source a seat; of several seatings, all of one size, each prompt gets one at random
     * @return in the order of prompts; a prompt that leaves no room for a sample has none
     */
    List<Group> draw(
            Cast cast,
            List<EncodedPrompt> prompts,
            List<? extends List<? extends Source>> seatings,
            SplittableGenerator random);
}
