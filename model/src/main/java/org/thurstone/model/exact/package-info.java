/**
 * Policies that can be worked out exactly: a prompt is one token, an answer is one token, and the probability of each answer is known. Worlds
 * with known truth are built of them, to check in seconds that a method reaches what its paper says. A
 * {@link org.thurstone.model.exact.TabularPolicy} has a logit for every pair; a {@link org.thurstone.model.exact.LogLinearPolicy}
 * weighs features of the pair.
 */
@NullMarked
package org.thurstone.model.exact;

import org.jspecify.annotations.NullMarked;
