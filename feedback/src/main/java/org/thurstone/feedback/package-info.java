/**
 * Who prefers. This is the middle of a pair's walk: a judge gives a prompt's sampled
 * {@link org.thurstone.data.Completions} their scores ({@link org.thurstone.feedback.ScoredCompletions}), a pairing makes
 * {@link org.thurstone.feedback.CandidatePair}s of them, an acquisition keeps those that are worth the label budget, and an
 * annotator says which of the two is better. Each of these arrows is one interface with one method, in a package of its own:
 * {@code judge}, {@code pairing}, {@code acquisition}, {@code annotator}; {@code verifier} holds judges of right and wrong,
 * {@code reward} learned ones. A new rule is one small record that implements the interface of its package.
 */
@NullMarked
package org.thurstone.feedback;

import org.jspecify.annotations.NullMarked;
