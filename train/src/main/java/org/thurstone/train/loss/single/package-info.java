/** Losses over single labelled completions, one file each. */
@NullMarked
package org.thurstone.train.loss.single;

import org.jspecify.annotations.NullMarked;
