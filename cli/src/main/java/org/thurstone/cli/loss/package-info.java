/**
 * Losses by themselves, without a model: {@link org.thurstone.cli.loss.LossCases} answers cases of given log-probabilities with values and
 * gradients, {@link org.thurstone.cli.loss.MarginCurve} follows a loss along the margin of a pair, and
 * {@link org.thurstone.cli.loss.MarginReport} draws it.
 */
@NullMarked
package org.thurstone.cli.loss;

import org.jspecify.annotations.NullMarked;
