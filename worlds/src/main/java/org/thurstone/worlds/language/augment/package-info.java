/** Data augmentation: examples are transformed before training. An augmentation is one record that implements {@link Augmentation}. */
@NullMarked
package org.thurstone.worlds.language.augment;

import org.jspecify.annotations.NullMarked;
