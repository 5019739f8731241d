package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** There are at least so many highlighted parts, {@code *part*}; {@code **part**} counts, too. */
public record Highlights(int number) implements Instruction {

    public static final String KIND = "detectable_format:number_highlighted_sections";

    private static final Pattern SINGLE = Pattern.compile("\\*[^\\n*]*\\*");
    private static final Pattern DOUBLE = Pattern.compile("\\*\\*[^\\n*]*\\*\\*");

    @Override
    public boolean holds(String answer) {
        return filled(SINGLE, answer) + filled(DOUBLE, answer) >= number;
    }

    private static long filled(Pattern pattern, String answer) {
        return pattern.matcher(answer)
                .results()
                .filter(found -> !Characters.isBlank(Characters.strip(found.group(), '*')))
                .count();
    }

    @Override
    public String kind() {
        return KIND;
    }
}
