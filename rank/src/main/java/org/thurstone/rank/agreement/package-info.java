/**
 * Agreement, skill and bias of annotators. A {@link org.thurstone.rank.agreement.Labels} holds labels of items by annotators
 * ({@link org.thurstone.rank.agreement.LabelFile} reads one); {@link org.thurstone.rank.agreement.Agreement} holds the chance-corrected
 * coefficients, {@link org.thurstone.rank.agreement.DawidSkene} and {@link org.thurstone.rank.agreement.Glad} find true labels and skill
 * next to {@link org.thurstone.rank.agreement.Majority}, and {@link org.thurstone.rank.agreement.AnnotatorBias} measures position bias, length bias and
 * self-preference of verdicts on pairs.
 */
@NullMarked
package org.thurstone.rank.agreement;

import org.jspecify.annotations.NullMarked;
