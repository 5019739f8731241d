/**
 * Sampling of completions from a policy. A {@link org.thurstone.model.sample.Sampler} draws {@link org.thurstone.model.sample.Generation}s under the
 * settings of a {@link org.thurstone.model.sample.Sampling}: as many prompts at a time as there are slots, each prompt read once for all of
 * its answers, a finished answer's slot given to the next. The same seed gives the same answers however many slots there are.
 * A {@link org.thurstone.model.sample.SamplingQueue} does the same for requests that come and go.
 */
@NullMarked
package org.thurstone.model.sample;

import org.jspecify.annotations.NullMarked;
