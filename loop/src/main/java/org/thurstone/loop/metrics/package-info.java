/**
 * What a run measured, as it went: one row per measurement, in a file that a person can read and in files that TensorBoard can.
 *
 * <p>{@link org.thurstone.loop.metrics.MetricsLog} is the way in. The JSON lines are the truth; the TensorBoard files are derived from them,
 * and are made anew each time the log is opened. So there is one thing to get right when a run is killed: the last line may be torn, and
 * the rows of the stage that will be repeated must go.
 */
@NullMarked
package org.thurstone.loop.metrics;

import org.jspecify.annotations.NullMarked;
