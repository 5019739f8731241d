/**
 * Preferences that may run in cycles, as rock, paper and scissors do. {@link org.thurstone.rank.cycle.BladeChest} is the way in; a
 * {@code CycleFit} does the arithmetic.
 */
@NullMarked
package org.thurstone.rank.cycle;

import org.jspecify.annotations.NullMarked;
