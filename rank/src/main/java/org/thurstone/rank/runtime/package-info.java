/**
 * Which algorithm is worth more, when runs may have to be given up: a {@link org.thurstone.rank.runtime.Utility} of an answer that comes at a
 * time, and {@link org.thurstone.rank.runtime.RuntimeScore}, what it comes to over sampled runs.
 */
@NullMarked
package org.thurstone.rank.runtime;

import org.jspecify.annotations.NullMarked;
