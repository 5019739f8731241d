/**
 * Learned judges. {@link org.thurstone.feedback.reward.EmbeddingReward} gives the probability that a completion is of the better kind:
 * a logistic regression ({@link org.thurstone.feedback.reward.LogisticRegression}) on sentence embeddings
 * ({@link org.thurstone.feedback.reward.Embedder}), fitted to sentences of both kinds that a
 * {@link org.thurstone.feedback.reward.SentenceReward} names, with its accuracy on sentences that are held out.
 */
@NullMarked
package org.thurstone.feedback.reward;

import org.jspecify.annotations.NullMarked;
