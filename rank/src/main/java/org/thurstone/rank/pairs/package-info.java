/**
 * Models in which each item has a strength and a comparison goes by the difference of two: Bradley–Terry, Thurstone–Mosteller and related
 * models. They differ in the {@link org.thurstone.rank.pairs.Response}, which says how probable each outcome is at a difference; the rest is
 * shared. {@code Cells} are the data, {@code Groups} says what of them is identifiable, {@code PairLikelihood} adds everything up,
 * {@code PairNewton} climbs it, {@code PairIntervals} says how sure that is, and {@code PairBoard} tells it.
 */
@NullMarked
package org.thurstone.rank.pairs;

import org.jspecify.annotations.NullMarked;
