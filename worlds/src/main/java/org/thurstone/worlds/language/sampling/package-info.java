/**
 * Sampling of completions for prompts from a file or a text: {@link org.thurstone.worlds.language.sampling.SamplingJob} draws them and
 * hands them over one by one, or writes them to a file.
 */
@NullMarked
package org.thurstone.worlds.language.sampling;

import org.jspecify.annotations.NullMarked;
