/**
 * Losses on given log-probabilities, without a model: {@link org.thurstone.train.loss.cases.LossCases} answers cases, one JSON object each,
 * with the value of a loss and its gradient, in double precision.
 */
@NullMarked
package org.thurstone.train.loss.cases;

import org.jspecify.annotations.NullMarked;
