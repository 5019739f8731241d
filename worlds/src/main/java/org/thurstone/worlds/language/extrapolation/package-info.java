/** Extrapolation of policies between iterations. An extrapolation is one record that implements {@link Extrapolation}. */
@NullMarked
package org.thurstone.worlds.language.extrapolation;

import org.jspecify.annotations.NullMarked;
