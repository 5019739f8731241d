/**
 * What is minimised. Nearly every objective in the literature is a {@link org.thurstone.train.loss.score.Score} for each completion, a
 * {@link org.thurstone.train.loss.link.Link} that turns scores into a loss, an {@link org.thurstone.train.loss.offset.Offset} on the
 * margin, and {@link org.thurstone.train.loss.regulariser.Regulariser}s added on: that is {@link org.thurstone.train.loss.composed.Composed}, and
 * the named methods in {@code pair}, {@code single}, {@code list} and {@code demonstration} are a few lines each over it. What does not fit
 * implements {@link org.thurstone.train.loss.PairLoss}, {@link org.thurstone.train.loss.SingleLoss},
 * {@link org.thurstone.train.loss.ListLoss} or {@link org.thurstone.train.loss.DemonstrationLoss} on its own, in this tree or in a jar of
 * one's own.
 *
 * <p>A loss sees log-probabilities and gives one number an example; gradients are libtorch's. The mean over examples, with their weights,
 * is the trainer's business, so that a batch can be split without changing its gradient.
 *
 * <p>A loss of this tree has a default for each component and the source of its formula; {@code thurstone methods --format markdown} writes it into {@code docs/losses.md}. {@code EveryPairLossTest} and
 * {@code EveryListLossTest} then try its gradient and its invariances unasked (they hold the few exceptions, such as stopped gradients); a
 * value worked out by hand and an optimum are its own test's business.
 */
@NullMarked
package org.thurstone.train.loss;

import org.jspecify.annotations.NullMarked;
