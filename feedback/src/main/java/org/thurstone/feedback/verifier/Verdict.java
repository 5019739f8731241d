package org.thurstone.feedback.verifier;

import java.util.Optional;

/**
 * The result of a verifier.
 *
 * @param answer the final answer as it stands in the completion; empty where none was found, which is never correct
 * @param reason one sentence for a person who doubts the verdict
 */
public record Verdict(boolean correct, Optional<String> answer, String reason) {

    public Verdict {
        if (correct && answer.isEmpty()) {
            throw new IllegalArgumentException("a completion without an answer cannot be correct");
        }
    }

    static Verdict compared(boolean equal, String answer, String expected) {
        String reason = "\"%s\" is %sthe expected \"%s\"".formatted(answer, equal ? "" : "not ", expected.strip());
        return new Verdict(equal, Optional.of(answer), reason);
    }

    static Verdict none(String reason) {
        return new Verdict(false, Optional.empty(), reason);
    }
}
