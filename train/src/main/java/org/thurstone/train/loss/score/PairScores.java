package org.thurstone.train.loss.score;

import org.thurstone.tensor.Tensor;

/** (n) each: the scores of the chosen and of the rejected. */
public record PairScores(Tensor chosen, Tensor rejected) {}
