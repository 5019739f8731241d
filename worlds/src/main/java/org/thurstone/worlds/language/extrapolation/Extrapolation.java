package org.thurstone.worlds.language.extrapolation;

import org.thurstone.tensor.Parameters;

/** Extrapolates the trained policy; the next iteration starts from the result. */
public interface Extrapolation {

    /**
     * Moves what training came to in this iteration.
     *
     * @param estimate the weights that training came to; moved in place
     * @param before those that it came to in the iteration before; in the first one where the run started
     */
    void move(Parameters estimate, Parameters before);
}
