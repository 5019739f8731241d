/**
 * How it learns. A {@link org.thurstone.train.Trainer} joins a policy, a loss ({@code org.thurstone.train.loss}), frozen policies'
 * {@link org.thurstone.train.signal.FrozenLogProbs} computed once, and {@link org.thurstone.train.TrainingSettings}; it
 * {@linkplain org.thurstone.train.Trainer#start starts} a {@link org.thurstone.train.Training} over encoded
 * {@link org.thurstone.train.example.TrainingExample}s, which is stepped, watched, saved and taken up again. A batch is cut into micro-batches by
 * tokens, and the gradient is that of the whole batch for every loss, whether or not its examples depend on one another.
 */
@NullMarked
package org.thurstone.train;

import org.jspecify.annotations.NullMarked;
