/**
 * Evaluation of policies. An {@link org.thurstone.loop.evaluation.Evaluation} of a policy holds its score on held-out prompts, sampled and greedy,
 * with intervals, and what scores do not show: KL to the initial policy, length and diversity of its completions.
 */
@NullMarked
package org.thurstone.loop.evaluation;

import org.jspecify.annotations.NullMarked;
