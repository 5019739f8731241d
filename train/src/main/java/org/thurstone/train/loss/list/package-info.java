/** Losses over lists of completions of a prompt, one file each. */
@NullMarked
package org.thurstone.train.loss.list;

import org.jspecify.annotations.NullMarked;
