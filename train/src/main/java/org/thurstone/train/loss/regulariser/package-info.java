/** Regularisers: terms that are added to a loss, above all the likelihood of the chosen completion. */
@NullMarked
package org.thurstone.train.loss.regulariser;

import org.jspecify.annotations.NullMarked;
