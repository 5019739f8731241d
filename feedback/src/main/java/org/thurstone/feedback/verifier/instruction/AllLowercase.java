package org.thurstone.feedback.verifier.instruction;

/** The answer is in English, without a capital letter. */
public record AllLowercase() implements Instruction {

    public static final String KIND = "change_case:english_lowercase";

    @Override
    public boolean holds(String answer) {
        return Characters.allLowercase(answer)
                && Languages.detect(answer).map("en"::equals).orElse(true);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
