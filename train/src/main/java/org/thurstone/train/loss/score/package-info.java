/** Scores of completions: one number per completion, from the log-probabilities of its tokens. */
@NullMarked
package org.thurstone.train.loss.score;

import org.jspecify.annotations.NullMarked;
