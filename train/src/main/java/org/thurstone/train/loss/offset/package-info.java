/** What is added to the margin of a pair before its link: lengths, target margins, penalties. */
@NullMarked
package org.thurstone.train.loss.offset;

import org.jspecify.annotations.NullMarked;
