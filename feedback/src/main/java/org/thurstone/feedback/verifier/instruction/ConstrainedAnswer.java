package org.thurstone.feedback.verifier.instruction;

import java.util.List;

/** The answer has one of three sentences: "My answer is yes.", "My answer is no.", "My answer is maybe.". */
public record ConstrainedAnswer() implements Instruction {

    public static final String KIND = "detectable_format:constrained_response";

    private static final List<String> ANSWERS = List.of("My answer is yes.", "My answer is no.", "My answer is maybe.");

    @Override
    public boolean holds(String answer) {
        return ANSWERS.stream().anyMatch(answer::contains);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
