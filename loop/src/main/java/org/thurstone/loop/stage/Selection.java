package org.thurstone.loop.stage;

import java.util.List;
import java.util.OptionalDouble;
import org.thurstone.feedback.CandidatePair;

/**
 * The selected pairs and the candidates.
 *
 * @param candidates how many pairs there were to choose from
 * @param lucky of the completions that the judge called correct, the share with an incorrect derivation, where the world can tell
 */
public record Selection(List<CandidatePair> pairs, int candidates, OptionalDouble lucky) {
    public Selection {
        pairs = List.copyOf(pairs);
    }
}
