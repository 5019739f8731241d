/**
 * Models in which each item has a strength and a comparison goes by the difference of two: Bradley–Terry, Thurstone–Mosteller and related models.
 * They differ in the {@link org.thurstone.rank.pairs.Response}, which gives the probability of each outcome for a difference; the rest is shared.
 * {@code Cells} are the data, {@code Groups} says what of them is identifiable, {@code PairLikelihood} is the likelihood, {@code PairNewton}
 * maximises it, {@code PairIntervals} computes intervals, and {@code PairBoard} makes the board.
 */
@NullMarked
package org.thurstone.rank.pairs;

import org.jspecify.annotations.NullMarked;
