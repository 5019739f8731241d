/**
 * Metrics of a run: one row per measurement, as JSON lines and as TensorBoard files.
 *
 * <p>{@link org.thurstone.loop.metrics.MetricsLog} is the entry point. The JSON lines are authoritative; the TensorBoard files are derived from them
 * and rewritten each time the log is opened. After a kill, an incomplete last line and the rows of the stage that will be repeated are removed.
 */
@NullMarked
package org.thurstone.loop.metrics;

import org.jspecify.annotations.NullMarked;
