/** How well a board predicts held-out battles: {@link org.thurstone.rank.prediction.Prediction}. */
@NullMarked
package org.thurstone.rank.prediction;

import org.jspecify.annotations.NullMarked;
