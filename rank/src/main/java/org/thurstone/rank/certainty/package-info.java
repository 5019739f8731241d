/**
 * Uncertainty of a board: {@link org.thurstone.rank.certainty.Places} that hold for all items at once,
 * {@link org.thurstone.rank.certainty.Bootstrap} intervals of any method, the {@link org.thurstone.rank.certainty.Groups} within which
 * ratings can be compared at all, {@link org.thurstone.rank.certainty.Separability}, the
 * {@link org.thurstone.rank.certainty.Agreement} of two boards, and the {@link org.thurstone.rank.certainty.StrataDifferences} of differences between strata.
 */
@NullMarked
package org.thurstone.rank.certainty;

import org.jspecify.annotations.NullMarked;
