package org.thurstone.feedback.verifier;

import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Prompt;

/** The expected answers of prompts. */
@FunctionalInterface
interface AnswerKey {

    /** Empty where this prompt has no known answer. */
    Optional<String> answer(Prompt prompt);

    /** Answers by prompt id. */
    static AnswerKey byId(Map<String, String> answers) {
        Map<String, String> copy = Map.copyOf(answers);
        return prompt -> Optional.ofNullable(copy.get(prompt.id()));
    }
}
