/** How a run goes on from what an iteration came to; a way is one record that is an {@link Extrapolation}. */
@NullMarked
package org.thurstone.worlds.language.extrapolation;

import org.jspecify.annotations.NullMarked;
