/**
 * Reports on agreement and evaluation: JSON documents, and text with tables. {@link org.thurstone.rank.summary.AgreementStudy} fits annotators and
 * items and leads to {@link org.thurstone.rank.summary.AgreementSummary}; {@link org.thurstone.rank.summary.WinRateSummary}, {@link
 * org.thurstone.rank.summary.SolverSummary} and {@link org.thurstone.rank.summary.BenchmarkSummary} sum up evaluations of models, solvers and reward
 * models.
 */
@NullMarked
package org.thurstone.rank.summary;

import org.jspecify.annotations.NullMarked;
