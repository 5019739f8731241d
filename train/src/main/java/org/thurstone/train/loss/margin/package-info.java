/**
 * A loss as a function of the margin of a pair: {@link org.thurstone.train.loss.margin.MarginCurve} computes it and its gradient,
 * {@link org.thurstone.train.loss.margin.MarginReport} draws several as a page, an SVG file and a table.
 */
@NullMarked
package org.thurstone.train.loss.margin;

import org.jspecify.annotations.NullMarked;
