/**
 * The speed of models on this machine: {@link org.thurstone.model.bench.SampleBench} times sampling;
 * {@link org.thurstone.model.bench.BenchModel} is what benchmarks run on, a model directory or random weights. No test depends on a time.
 */
@NullMarked
package org.thurstone.model.bench;

import org.jspecify.annotations.NullMarked;
