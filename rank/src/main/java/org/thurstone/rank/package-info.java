/** Who is best: rankings with intervals from comparisons, agreement of annotators, evaluation that can be trusted. No native code. */
@NullMarked
package org.thurstone.rank;

import org.jspecify.annotations.NullMarked;
