/**
 * Verifiable instructions: rules about the text of an answer that a program can check, such as "use no commas" or "write at least 300 words". The 25
 * kinds of IFEval (Zhou et al., arXiv:2311.07911) are checked as its public implementation does, and a few kinds of our own are added. {@link
 * org.thurstone.feedback.verifier.instruction.InstructionKinds} reads an instruction from its kind and arguments, {@link
 * org.thurstone.feedback.verifier.instruction.Obedience} checks an answer strictly and loosely, and {@link
 * org.thurstone.feedback.verifier.instruction.InstructionSummary} counts.
 */
@NullMarked
package org.thurstone.feedback.verifier.instruction;

import org.jspecify.annotations.NullMarked;
