package org.thurstone.feedback.verifier.instruction;

/** The answer ends with an exclamation mark, and has no other. */
public record Exclamation() implements Instruction {

    public static final String KIND = "startend:exclamation";

    @Override
    public boolean holds(String answer) {
        String text = Characters.strip(answer);
        return text.indexOf('!') >= 0 && text.indexOf('!') == text.length() - 1;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
