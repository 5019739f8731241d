/** Small dense linear algebra and what is fitted with it: {@link org.thurstone.rank.linear.Cholesky}, {@link org.thurstone.rank.linear.Logistic}. */
@NullMarked
package org.thurstone.rank.linear;

import org.jspecify.annotations.NullMarked;
