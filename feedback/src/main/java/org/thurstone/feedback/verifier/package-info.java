/**
 * Verifiers of completions. A {@link org.thurstone.feedback.verifier.Verifier} decides whether a completion answers its prompt correctly, with a
 * reason. Most hold an {@link org.thurstone.feedback.verifier.AnswerKey}, which knows the expected answer of each prompt, and an {@link
 * org.thurstone.feedback.verifier.AnswerCheck}, which compares: by exact match, by a pattern, or as mathematics; the {@link
 * org.thurstone.feedback.verifier.ArithmeticVerifier} needs no key, since the prompt is the sum itself.
 *
 * <p>Mathematics is read in three small steps: {@link org.thurstone.feedback.verifier.FinalAnswer} finds the answer in the text, {@link
 * org.thurstone.feedback.verifier.PlainMaths} removes LaTeX that does not change the value, and {@link org.thurstone.feedback.verifier.Evaluation}
 * computes, exactly while it can.
 */
@NullMarked
package org.thurstone.feedback.verifier;

import org.jspecify.annotations.NullMarked;
