/**
 * Online training on fresh samples. Each step of an {@link org.thurstone.train.online.OnlineMethod} samples completions, obtains their
 * {@link org.thurstone.train.online.SampleValues}, and updates the policy; a {@link org.thurstone.train.online.Session} gives it
 * access to all three. The methods in {@code method} are a few lines each: the source of samples ({@link org.thurstone.train.online.Source}), the use of
 * judgements, and the loss. Nothing here knows about text: the same methods train transformers and tables.
 *
 * <p>A {@link org.thurstone.train.online.CompletionSource} is either sampled or, for policies whose samples are one token, exact: it then lists all
 * samples with their probabilities, and a step follows the expected gradient.
 */
@NullMarked
package org.thurstone.train.online;

import org.jspecify.annotations.NullMarked;
