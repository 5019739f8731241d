package org.thurstone.train.loss;

/** A loss made of others or of parts, which decide what kinds of example it takes. */
public non-sealed interface CombinedLoss extends Loss {}
