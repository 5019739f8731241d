/**
 * Sampling completions for prompts of one's own, from a file or a text: {@link org.thurstone.worlds.language.sampling.SamplingJob} draws them and
 * hands them over one by one, or writes them to a file.
 */
@NullMarked
package org.thurstone.worlds.language.sampling;

import org.jspecify.annotations.NullMarked;
