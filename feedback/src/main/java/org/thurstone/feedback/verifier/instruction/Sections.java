package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** There are at least so many sections, each headed by a mark and a number, {@code SECTION 1}. */
public record Sections(String mark, int number) implements Instruction {

    public static final String KIND = "detectable_format:multiple_sections";

    public Sections {
        mark = Characters.strip(mark);
    }

    @Override
    public boolean holds(String answer) {
        Pattern heading = Pattern.compile("\\s?" + Pattern.quote(mark) + "\\s?\\d+\\s?", Characters.FLAGS);
        return Characters.count(heading, answer) >= number;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
