/**
 * Bayesian rankings: the posterior of all strengths under a normal prior, as a normal distribution. {@link
 * org.thurstone.rank.posterior.BradleyTerryEp} is for battles, {@link org.thurstone.rank.posterior.PlackettLuceEp} for orders; {@code
 * ExpectationPropagation} computes the posterior from {@code Site}s, one for each pair or choice, and {@code PosteriorBoard} makes the board.
 */
@NullMarked
package org.thurstone.rank.posterior;

import org.jspecify.annotations.NullMarked;
