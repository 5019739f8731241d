/**
 * How it learns. A {@link org.thurstone.train.Trainer} takes one step at a time down the gradient of {@link org.thurstone.train.LossTerm}s:
 * losses over examples with what they need ({@link org.thurstone.train.TrainingInputs}). What is trained and how is its {@link
 * org.thurstone.train.TrainingPlan}; which batch each step learns from is a {@link org.thurstone.train.BatchSchedule}, such as the {@link
 * org.thurstone.train.Epochs} of a data set. Offline training, online methods and the lab all step this trainer.
 *
 * <p>A step reads top to bottom in {@code Trainer}: the batch is cut into passes by tokens, {@code ForwardPass} runs policy, reference and heads,
 * {@code Collator} brings what they gave into the shape that a loss sees, and {@code BatchLoss} adds up loss and gradient. The gradient is that
 * of the whole batch for every loss, whether or not its examples depend on one another. {@link org.thurstone.train.LossRequirements} says what
 * a loss needs of whoever trains by it.
 */
@NullMarked
package org.thurstone.train;

import org.jspecify.annotations.NullMarked;
