/**
 * Agreement, skill and bias of annotators. A {@link org.thurstone.rank.agreement.Labels} holds labels of items by annotators, and the {@link
 * org.thurstone.rank.agreement.LabelOrder} of the labels ({@link org.thurstone.rank.agreement.LabelFile} reads one);
 * {@link org.thurstone.rank.agreement.Agreement} and {@link org.thurstone.rank.agreement.IntraclassCorrelation} hold the coefficients, {@link
 * org.thurstone.rank.agreement.Aggregation} finds true labels and skill by {@link org.thurstone.rank.agreement.Majority}, {@link
 * org.thurstone.rank.agreement.DawidSkene} and other methods, and {@link org.thurstone.rank.agreement.AnnotatorBias} measures position bias, length bias and
 * self-preference of verdicts on pairs.
 */
@NullMarked
package org.thurstone.rank.agreement;

import org.jspecify.annotations.NullMarked;
