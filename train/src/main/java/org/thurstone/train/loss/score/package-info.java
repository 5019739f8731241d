/** What a completion is worth to a loss: one number for each, from the log-probabilities of its tokens. */
@NullMarked
package org.thurstone.train.loss.score;

import org.jspecify.annotations.NullMarked;
