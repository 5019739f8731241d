package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** There are at least so many placeholders in square brackets, {@code [address]}. */
public record Placeholders(int number) implements Instruction {

    public static final String KIND = "detectable_content:number_placeholders";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\[.*?\\]", Characters.FLAGS);

    @Override
    public boolean holds(String answer) {
        return Characters.count(PLACEHOLDER, answer) >= number;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
