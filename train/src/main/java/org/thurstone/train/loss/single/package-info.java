/** Named losses over single completions that somebody rated, a file each. */
@NullMarked
package org.thurstone.train.loss.single;

import org.jspecify.annotations.NullMarked;
