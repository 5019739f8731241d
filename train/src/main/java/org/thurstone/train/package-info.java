/**
 * Training. A {@link org.thurstone.train.Trainer} minimises {@link org.thurstone.train.LossTerm}s:
 * losses over examples with their inputs ({@link org.thurstone.train.TrainingInputs}). What is trained and how is its {@link
 * org.thurstone.train.TrainingPlan}; which batch each step learns from is a {@link org.thurstone.train.BatchSchedule}, such as the {@link
 * org.thurstone.train.Epochs} of a data set. Offline training, online methods and the lab all step this trainer.
 *
 * <p>A step reads top to bottom in {@code Trainer}: the batch is cut into passes by tokens, {@code ForwardPass} runs policy, reference and heads,
 * {@code Collator} arranges their outputs in the shape that a loss takes, and {@code BatchLoss} adds up loss and gradient. The gradient is that
 * of the whole batch for every loss, whether or not its examples depend on one another. {@link org.thurstone.train.LossRequirements} lists
 * the inputs of a loss.
 */
@NullMarked
package org.thurstone.train;

import org.jspecify.annotations.NullMarked;
