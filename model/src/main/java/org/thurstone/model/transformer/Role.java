package org.thurstone.model.transformer;

/** The role of a weight in its layer. A family lists the roles that it has, with their names. */
public enum Role {
    ATTENTION_NORM,
    QUERY,
    KEY,
    VALUE,
    /** Query, key and value in one matrix. */
    QUERY_KEY_VALUE,
    QUERY_NORM,
    KEY_NORM,
    ATTENTION_OUTPUT,
    /** On the attention's output, before it joins the residual stream. */
    POST_ATTENTION_NORM,
    MLP_NORM,
    GATE,
    UP,
    /** Gate and up in one matrix. */
    GATE_UP,
    DOWN,
    /** On the feed-forward part's output, before it joins the residual stream. */
    POST_MLP_NORM;

    boolean norm() {
        return switch (this) {
            case ATTENTION_NORM, QUERY_NORM, KEY_NORM, POST_ATTENTION_NORM, MLP_NORM, POST_MLP_NORM -> true;
            default -> false;
        };
    }
}
