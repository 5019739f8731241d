package org.thurstone.worlds.language.task.instructions;

import java.util.Optional;
import org.thurstone.feedback.verifier.instruction.Instruction;

/**
 * A made prompt and what its answer has to be.
 *
 * @param text of the prompt
 * @param topic that the answer has to mention; empty where the kind leaves no room for it, as in another language
 * @param words that it has at least
 */
record InstructedRequest(String text, Instruction instruction, Optional<Topic> topic, int words) {}
