/**
 * Rankings with intervals from comparisons, agreement of annotators, and evaluation. No native code.
 *
 * <p>A file becomes {@link org.thurstone.rank.Votes}: {@link org.thurstone.rank.Battles} one by one, {@link org.thurstone.rank.Rankings}, or the
 * counts of a {@link org.thurstone.rank.Tally}. A {@link org.thurstone.rank.RankingModel}, found by name, computes a {@link org.thurstone.rank.Board}
 * from them, with the intervals that an {@link org.thurstone.rank.Inference} asks for.
 */
@NullMarked
package org.thurstone.rank;

import org.jspecify.annotations.NullMarked;
