package org.thurstone.feedback.acquisition;

import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.CandidatePair;

/** Selects the candidate pairs to be labelled. */
@FunctionalInterface
public interface Acquisition {

    /**
     * At most {@code budget} of the candidates, each once, in order of priority. The same candidates, margins and generator state
     * give the same selection.
     *
     * @param margins asked only about pairs whose margin matters, since each costs forward passes
     * @param budget labels that may be spent, at least 0; may be more than there are candidates
     */
    List<CandidatePair> select(List<CandidatePair> candidates, Margins margins, int budget, RandomGenerator random);
}
