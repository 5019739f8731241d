package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** There is a title in double angular brackets on one line, {@code <<title>>}. */
public record Title() implements Instruction {

    public static final String KIND = "detectable_format:title";

    private static final Pattern TITLE = Pattern.compile("<<[^\\n]+>>");

    @Override
    public boolean holds(String answer) {
        return TITLE.matcher(answer)
                .results()
                .map(found -> Characters.trailing(Characters.leading(found.group(), '<'), '>'))
                .anyMatch(title -> !Characters.isBlank(title));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
