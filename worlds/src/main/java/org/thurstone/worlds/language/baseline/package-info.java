/**
 * Baselines of a run. A run that got better has shown little until cheaper ways of getting there have been tried on the same
 * prompts: a {@link org.thurstone.worlds.language.baseline.Baseline} is one of them.
 */
@NullMarked
package org.thurstone.worlds.language.baseline;

import org.jspecify.annotations.NullMarked;
