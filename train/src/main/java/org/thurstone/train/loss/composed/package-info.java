/**
 * Losses composed of a score, a link, an offset and regularisers: {@link org.thurstone.train.loss.composed.Composed}, and the interfaces of
 * published losses that are such a composition under a name.
 */
@NullMarked
package org.thurstone.train.loss.composed;

import org.jspecify.annotations.NullMarked;
