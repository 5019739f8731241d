/** Named losses over completions to imitate, a file each. */
@NullMarked
package org.thurstone.train.loss.demonstration;

import org.jspecify.annotations.NullMarked;
