/**
 * The speed of training on this machine: {@link org.thurstone.train.bench.TrainBench} times steps,
 * {@link org.thurstone.train.bench.LossBench} compares the steps of losses. {@code docs/benchmarks.md} has the commands to compare with; no test
 * depends on a time.
 */
@NullMarked
package org.thurstone.train.bench;

import org.jspecify.annotations.NullMarked;
