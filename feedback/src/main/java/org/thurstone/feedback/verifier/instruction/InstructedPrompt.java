package org.thurstone.feedback.verifier.instruction;

import java.util.List;
import java.util.Optional;

/**
 * A prompt with verifiable instructions.
 *
 * @param key names it within its file
 * @param prompt what is asked, instructions included
 * @param instructions at least one
 * @param answer from the same row, if it has one
 */
public record InstructedPrompt(String key, String prompt, List<Instruction> instructions, Optional<Answer> answer) {

    /**
     * An answer.
     *
     * @param ended whether the model ended it, if that is known; a cut one did not
     */
    public record Answer(String text, Optional<Boolean> ended) {}

    public InstructedPrompt {
        instructions = List.copyOf(instructions);
    }

    /** The same with an answer. */
    public InstructedPrompt answered(Answer with) {
        return new InstructedPrompt(key, prompt, instructions, Optional.of(with));
    }

    /** The same without its answer. */
    public InstructedPrompt unanswered() {
        return new InstructedPrompt(key, prompt, instructions, Optional.empty());
    }
}
