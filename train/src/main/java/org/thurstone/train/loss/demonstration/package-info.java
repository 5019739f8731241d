/** Losses over demonstrations, one file each. */
@NullMarked
package org.thurstone.train.loss.demonstration;

import org.jspecify.annotations.NullMarked;
