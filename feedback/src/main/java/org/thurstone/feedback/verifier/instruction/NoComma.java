package org.thurstone.feedback.verifier.instruction;

/** There is no comma. */
public record NoComma() implements Instruction {

    public static final String KIND = "punctuation:no_comma";

    @Override
    public boolean holds(String answer) {
        return answer.indexOf(',') < 0;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
