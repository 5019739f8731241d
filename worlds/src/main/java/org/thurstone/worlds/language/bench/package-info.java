/**
 * Benchmarks of training without tensors in the interface, for commands: {@link org.thurstone.worlds.language.bench.StepBench} times the steps
 * of one loss, {@link org.thurstone.worlds.language.bench.LossComparison} those of many against DPO's. Losses are named as in recipes.
 */
@NullMarked
package org.thurstone.worlds.language.bench;

import org.jspecify.annotations.NullMarked;
