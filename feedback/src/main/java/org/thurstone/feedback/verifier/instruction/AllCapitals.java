package org.thurstone.feedback.verifier.instruction;

/** The answer is in English, in capital letters only. */
public record AllCapitals() implements Instruction {

    public static final String KIND = "change_case:english_capital";

    @Override
    public boolean holds(String answer) {
        return Characters.allCapitals(answer)
                && Languages.detect(answer).map("en"::equals).orElse(true);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
