package org.thurstone.lab;

import java.util.List;

/**
 * A claim of a paper, tried on a small world. It is a record with a {@link org.thurstone.recipe.Method} of kind {@code replication}, whose {@code papers} are the arXiv ids of its papers and whose {@code summary} is what it tries in a few words.
 */
public interface Replication {

    /** The claim, the world in which it is tried, and what is not as in the paper. */
    Description about();

    /** Real data that it needs, by their names under {@code data/}; most need none. */
    default List<String> data() {
        return List.of();
    }

    /**
     * Tries it. All randomness comes from the trial; a full one takes minutes on two cores, a smoke one seconds.
     *
     * @throws org.thurstone.data.UserError if something that it needs, such as real data, is not there
     */
    Findings experiment(Trial trial);
}
