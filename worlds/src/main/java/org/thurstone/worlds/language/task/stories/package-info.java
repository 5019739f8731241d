/** Stories that a pretrained model tells, to be steered towards what a judge likes. */
@NullMarked
package org.thurstone.worlds.language.task.stories;

import org.jspecify.annotations.NullMarked;
