/**
 * Losses. Nearly every objective in the literature is a {@link org.thurstone.train.loss.score.Score} for each completion, a {@link
 * org.thurstone.train.loss.link.Link} that turns scores into a loss, an {@link org.thurstone.train.loss.offset.Offset} on the margin, and {@link
 * org.thurstone.train.loss.regulariser.Regulariser}s: that is {@link org.thurstone.train.loss.composed.Composed}, and the named methods in {@code
 * pair}, {@code single}, {@code list} and {@code demonstration} are a few lines each over it. What does not fit implements {@link
 * org.thurstone.train.loss.PairLoss}, {@link org.thurstone.train.loss.SingleLoss}, {@link org.thurstone.train.loss.ListLoss} or {@link
 * org.thurstone.train.loss.DemonstrationLoss} on its own, in this project or in another jar.
 *
 * <p>A loss takes log-probabilities and returns one number per example; gradients are libtorch's. The mean over examples, with their weights, is
 * computed by the trainer, so that a batch can be split without changing its gradient.
 *
 * <p>A loss of this tree has a default for each component and the source of its formula; {@code thurstone methods --format markdown} writes it into
 * {@code docs/losses.md}. {@code EveryPairLossTest} and {@code EveryListLossTest} then test its gradient and invariances automatically (they list the
 * few exceptions, such as stopped gradients); a value computed by hand and an optimum belong to the loss's own test.
 */
@NullMarked
package org.thurstone.train.loss;

import org.jspecify.annotations.NullMarked;
