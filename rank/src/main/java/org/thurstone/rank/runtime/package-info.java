/**
 * Comparison of algorithms whose runs may have to be given up: a {@link org.thurstone.rank.runtime.Utility} of an answer that comes at a time, and
 * {@link org.thurstone.rank.runtime.RuntimeScore}, its mean over sampled runs.
 */
@NullMarked
package org.thurstone.rank.runtime;

import org.jspecify.annotations.NullMarked;
