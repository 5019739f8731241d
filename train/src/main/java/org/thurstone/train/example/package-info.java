/**
 * Training examples: tokens in trees whose leaves are the completions, with their labels. A {@link
 * org.thurstone.train.example.TrainingExample} is a pair, a single completion, a list or a demonstration; {@link
 * org.thurstone.train.example.MicroBatches} cuts examples into forward passes, {@link org.thurstone.train.example.Layout} finds the tokens of each
 * completion in what a pass returns.
 */
@NullMarked
package org.thurstone.train.example;

import org.jspecify.annotations.NullMarked;
