/**
 * Policies with exact probabilities: a prompt is one token, a completion is one token, and the probability of each completion is known. Worlds with
 * known truth use them to check a method against its paper in seconds. A {@link org.thurstone.model.exact.TabularPolicy} has a logit for every pair;
 * a {@link org.thurstone.model.exact.LogLinearPolicy} is linear in features of the pair.
 */
@NullMarked
package org.thurstone.model.exact;

import org.jspecify.annotations.NullMarked;
