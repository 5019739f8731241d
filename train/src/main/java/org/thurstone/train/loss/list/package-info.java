/** Named losses over several completions of a prompt at once, a file each. */
@NullMarked
package org.thurstone.train.loss.list;

import org.jspecify.annotations.NullMarked;
