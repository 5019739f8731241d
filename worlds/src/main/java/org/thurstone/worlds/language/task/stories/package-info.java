/** The task of stories: a pretrained model is trained towards the preferences of a judge. */
@NullMarked
package org.thurstone.worlds.language.task.stories;

import org.jspecify.annotations.NullMarked;
