/**
 * Agreement, skill and bias of annotators. A {@link org.thurstone.rank.agreement.Labels} says who labelled what how
 * ({@link org.thurstone.rank.agreement.LabelFile} reads one); {@link org.thurstone.rank.agreement.Agreement} holds the chance-corrected
 * coefficients, {@link org.thurstone.rank.agreement.DawidSkene} and {@link org.thurstone.rank.agreement.Glad} find true labels and skill
 * next to {@link org.thurstone.rank.agreement.Majority}, and {@link org.thurstone.rank.agreement.AnnotatorBias} asks of verdicts on pairs whether
 * place, length or kinship decided them.
 */
@NullMarked
package org.thurstone.rank.agreement;

import org.jspecify.annotations.NullMarked;
