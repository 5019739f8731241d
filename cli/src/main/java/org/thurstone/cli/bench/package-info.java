/**
 * Figures of this build on this machine, as JSON: how long a training step takes, how fast answers are sampled. The commands to compare them
 * with are in {@code docs/benchmarks.md}; no test looks at a time.
 */
@NullMarked
package org.thurstone.cli.bench;

import org.jspecify.annotations.NullMarked;
