package org.thurstone.train.online;

import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;

/** How answers are drawn. */
public interface Drawing {

    /**
     * Groups of answers to each question.
     *
     * @param seatings who sits at the table, a source a seat; of several seatings, all of one size, each question gets one at random
     * @return in the order of questions; a question that leaves no room for an answer has none
     */
    List<Group> draw(
            Cast cast,
            List<Question> questions,
            List<? extends List<? extends Source>> seatings,
            SplittableGenerator random);
}
