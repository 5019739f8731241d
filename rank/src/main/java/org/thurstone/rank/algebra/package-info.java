/**
 * The little numerical mathematics that rankings need, in plain Java: symmetric positive definite systems of some thousand unknowns, and
 * the normal distribution. {@link org.thurstone.rank.algebra.Cholesky} is the way in.
 */
@NullMarked
package org.thurstone.rank.algebra;

import org.jspecify.annotations.NullMarked;
