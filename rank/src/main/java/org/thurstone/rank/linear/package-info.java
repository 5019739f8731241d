/**
 * The little numerical mathematics that rankings need, in plain Java: symmetric positive definite systems of some thousand unknowns
 * ({@link org.thurstone.rank.linear.Cholesky}), what is fitted with them ({@link org.thurstone.rank.linear.Logistic}), and the
 * {@link org.thurstone.rank.linear.Normal} distribution.
 */
@NullMarked
package org.thurstone.rank.linear;

import org.jspecify.annotations.NullMarked;
