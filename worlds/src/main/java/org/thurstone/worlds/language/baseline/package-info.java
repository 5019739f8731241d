/**
 * Baselines of a run. A result is meaningful only in comparison with cheaper methods on the same prompts: a {@link
 * org.thurstone.worlds.language.baseline.Baseline} is one of them.
 */
@NullMarked
package org.thurstone.worlds.language.baseline;

import org.jspecify.annotations.NullMarked;
