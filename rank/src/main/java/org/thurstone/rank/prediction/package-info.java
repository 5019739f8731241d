/** How well a board foretells battles that it has not seen: {@link org.thurstone.rank.prediction.Prediction}. */
@NullMarked
package org.thurstone.rank.prediction;

import org.jspecify.annotations.NullMarked;
