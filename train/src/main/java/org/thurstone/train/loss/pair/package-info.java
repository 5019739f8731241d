/** Named losses over pairs of completions, a file each. */
@NullMarked
package org.thurstone.train.loss.pair;

import org.jspecify.annotations.NullMarked;
