package org.thurstone.model;

/** A hidden state of a policy at each scored token: the input of heads. */
public enum State {
    /** (scored, size): the state that predicts the token, having read all before it. The value of a prefix is read here. */
    BEFORE,
    /** (scored, size): the state after the token itself. Of the last token, this has read the whole completion. */
    AFTER,
    /** (scored, layers, size): what came out of each layer at the place that predicts the token. No gradient flows through it. */
    LAYERS
}
