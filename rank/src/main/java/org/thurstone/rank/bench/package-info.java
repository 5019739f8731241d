/**
 * The speed of ranking on this machine, {@link org.thurstone.rank.bench.RankBench}, of which no test depends on a time; and the coverage of
 * intervals by simulation, {@link org.thurstone.rank.bench.CoverageBench}.
 */
@NullMarked
package org.thurstone.rank.bench;

import org.jspecify.annotations.NullMarked;
