/** What is made of examples before they are learned from; an augmentation is one record that is an {@link Augmentation}. */
@NullMarked
package org.thurstone.worlds.language.augment;

import org.jspecify.annotations.NullMarked;
