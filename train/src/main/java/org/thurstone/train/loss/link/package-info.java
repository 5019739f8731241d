/** Links turn scores into a loss: by the margin between two completions, one completion at a time, or over a list. */
@NullMarked
package org.thurstone.train.loss.link;

import org.jspecify.annotations.NullMarked;
