/**
 * Judges give numbers. A {@link org.thurstone.feedback.judge.Judge} scores the completions of a prompt, larger is better: a verifier made into one by
 * {@link org.thurstone.feedback.judge.VerifierJudge}, a reward model, or a language model that was asked.
 */
@NullMarked
package org.thurstone.feedback.judge;

import org.jspecify.annotations.NullMarked;
