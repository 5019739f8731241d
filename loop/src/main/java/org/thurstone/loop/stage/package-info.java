/**
 * The stages that every world shares: {@link org.thurstone.loop.stage.SampleCompletions}, {@link org.thurstone.loop.stage.RateCompletions},
 * {@link org.thurstone.loop.stage.SelectPairs}, {@link org.thurstone.loop.stage.LabelPairs}, {@link org.thurstone.loop.stage.Learn} and
 * {@link org.thurstone.loop.stage.Evaluate}. Their outputs are listed in {@link org.thurstone.loop.stage.Outputs}.
 */
@NullMarked
package org.thurstone.loop.stage;

import org.jspecify.annotations.NullMarked;
