/**
 * Preferences that may be cyclic, as in rock, paper, scissors. {@link org.thurstone.rank.cycle.BladeChest} is the entry point; a
 * {@code CycleFit} does the arithmetic.
 */
@NullMarked
package org.thurstone.rank.cycle;

import org.jspecify.annotations.NullMarked;
