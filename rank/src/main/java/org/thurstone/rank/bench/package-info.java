/** The speed of ranking on this machine: {@link org.thurstone.rank.bench.RankBench}. No test depends on a time. */
@NullMarked
package org.thurstone.rank.bench;

import org.jspecify.annotations.NullMarked;
