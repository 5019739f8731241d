/**
 * Ranking by asking: an {@link org.thurstone.rank.search.Comparer} says of two things which is better and how surely, and
 * {@link org.thurstone.rank.search.PairSearch} asks it as little as it can.
 */
@NullMarked
package org.thurstone.rank.search;

import org.jspecify.annotations.NullMarked;
