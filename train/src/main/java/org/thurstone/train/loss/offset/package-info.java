/** Offsets are added to the margin of a pair before the link: lengths, target margins, penalties. */
@NullMarked
package org.thurstone.train.loss.offset;

import org.jspecify.annotations.NullMarked;
