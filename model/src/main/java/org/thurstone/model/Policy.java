package org.thurstone.model;

import java.util.List;
import org.thurstone.tensor.Parameters;

/** A policy: a distribution over next tokens. */
public interface Policy extends Decoder, AutoCloseable {

    /** The parameters of the policy; those that require gradients are trained. */
    Parameters parameters();

    /** The size of the vocabulary. */
    int vocabulary();

    /**
     * Log-probabilities of the scored tokens of trees.
     *
     * @param training whether {@link Forward#backward} will be called; without it nothing is kept for gradients
     */
    Forward forward(List<TokenTree> trees, boolean training);

    /**
     * The same with all that is asked for: statistics of the whole distribution, hidden states.
     *
     * @throws UnsupportedOperationException if this policy has no such thing
     */
    default Forward forward(List<TokenTree> trees, ForwardRequest request) {
        if (!request.plain()) {
            throw new UnsupportedOperationException("this policy gives log-probabilities only, not " + request);
        }
        return forward(trees, request.training());
    }

    /** The dimension of a {@link State}. */
    default int stateSize(State state) {
        throw new UnsupportedOperationException("this policy has no hidden states");
    }

    /** The number of layers whose states {@link State#LAYERS} contains. */
    default int layerCount() {
        throw new UnsupportedOperationException("this policy has no hidden states");
    }

    /** A frozen copy with its own weights: a reference policy. */
    Policy snapshot();

    @Override
    void close();
}
