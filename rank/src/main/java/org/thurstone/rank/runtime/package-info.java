/**
 * Comparison of algorithms by runtime, where runs may be stopped before they finish: a {@link org.thurstone.rank.runtime.Utility} of an answer as a
 * function of its time, and {@link org.thurstone.rank.runtime.RuntimeScore}, the mean utility over sampled runs.
 */
@NullMarked
package org.thurstone.rank.runtime;

import org.jspecify.annotations.NullMarked;
