/**
 * Feedback: pairing, acquisition, verifiers and rewards. Between a judge's scores ({@link org.thurstone.feedback.ScoredCompletions}) and the
 * questions put to an annotator, a pairing makes {@link org.thurstone.feedback.CandidatePair}s and an acquisition keeps those that are worth the
 * annotation budget. {@code verifier} and {@code reward} hold respondents: verifiers, and learned rewards. Each of {@code pairing}, {@code
 * acquisition}, {@code verifier} is one interface with one method; a new rule is one small record.
 */
@NullMarked
package org.thurstone.feedback;

import org.jspecify.annotations.NullMarked;
