package org.thurstone.loop.stage;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The reference policy of the implicit reward that ranks candidate pairs. */
public enum MarginReference {
    /** The policy that the previous iteration started from; in the first iteration there is none, and raw log-probabilities serve. */
    PREVIOUS,
    /** The policy that the run started from; in the first iteration that is the policy itself, and raw log-probabilities serve. */
    INITIAL,
    /** No reference: margins are of raw log-probabilities. */
    NOTHING;

    /**
     * r̂(left) − r̂(right) of each candidate pair by the last iterate.
     *
     * @param iterates so far, the start first
     * @param differences the difference of log π(left) and log π(right), by pair, of a policy
     */
    public <P> double[] margins(List<P> iterates, Function<P, double[]> differences) {
        double[] margins = differences.apply(iterates.getLast());
        of(iterates).map(differences).ifPresent(theirs -> {
            for (int i = 0; i < margins.length; i++) {
                margins[i] -= theirs[i];
            }
        });
        return margins;
    }

    /** The start against its own copy would have margin 0 everywhere: there is nothing to take it against. */
    private <P> Optional<P> of(List<P> iterates) {
        return iterates.size() == 1
                ? Optional.empty()
                : switch (this) {
                    case PREVIOUS -> Optional.of(iterates.get(iterates.size() - 2));
                    case INITIAL -> Optional.of(iterates.getFirst());
                    case NOTHING -> Optional.empty();
                };
    }
}
