/**
 * Linear algebra for rankings, in plain Java: symmetric positive definite systems of some thousand unknowns ({@link
 * org.thurstone.rank.linear.Cholesky}), products of {@link org.thurstone.rank.linear.Matrices}, and what is fitted with them ({@link
 * org.thurstone.rank.linear.LogisticRegression}).
 */
@NullMarked
package org.thurstone.rank.linear;

import org.jspecify.annotations.NullMarked;
