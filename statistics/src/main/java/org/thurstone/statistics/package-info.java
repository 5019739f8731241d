/**
 * The statistics that every module shares: distributions ({@link org.thurstone.statistics.Normal},
 * {@link org.thurstone.statistics.StudentT}, {@link org.thurstone.statistics.Logistic}, {@link org.thurstone.statistics.Gamma}), an
 * {@link org.thurstone.statistics.Estimate} with its 95 % interval, the {@link org.thurstone.statistics.Moments} of a sample, its
 * {@link org.thurstone.statistics.Quantiles}, and the {@link org.thurstone.statistics.Correlation} of two.
 *
 * <p>It is a module of its own, below all others: reports draw error bars, rankings and training print intervals, and none of the three may
 * see the others. What only one package needs, such as Newton's method for rankings, stays there.
 */
@NullMarked
package org.thurstone.statistics;

import org.jspecify.annotations.NullMarked;
