/**
 * Whether it helped. An {@link org.thurstone.loop.evaluation.Evaluation} of a policy holds its score on held-out prompts, sampled and greedy,
 * with intervals, and what scores do not show: how far it has moved from the start, how long its answers are, and whether they still differ.
 */
@NullMarked
package org.thurstone.loop.evaluation;

import org.jspecify.annotations.NullMarked;
