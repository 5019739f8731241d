package org.thurstone.feedback.verifier.instruction;

/** The whole answer stands in double quotation marks. */
public record Quotation() implements Instruction {

    public static final String KIND = "startend:quotation";

    @Override
    public boolean holds(String answer) {
        String text = Characters.strip(answer);
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    }

    @Override
    public String kind() {
        return KIND;
    }
}
