/** Losses over pairs of completions, one file each. */
@NullMarked
package org.thurstone.train.loss.pair;

import org.jspecify.annotations.NullMarked;
