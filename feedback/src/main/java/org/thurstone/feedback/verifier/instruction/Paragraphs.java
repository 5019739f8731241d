package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** There are exactly so many paragraphs, separated by the Markdown divider {@code ***}. */
public record Paragraphs(int number) implements Instruction {

    public static final String KIND = "length_constraints:number_paragraphs";

    private static final Pattern DIVIDER = Pattern.compile("\\s?\\*\\*\\*\\s?", Characters.FLAGS);

    @Override
    public boolean holds(String answer) {
        String[] parts = DIVIDER.split(answer, -1);
        int paragraphs = parts.length;
        for (int i = 0; i < parts.length; i++) {
            if (Characters.isBlank(parts[i])) {
                if (i > 0 && i < parts.length - 1) {
                    return false;
                }
                paragraphs--;
            }
        }
        return paragraphs == number;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
