package org.thurstone.feedback.verifier.instruction;

import java.util.Locale;

/** The answer begins with the request, repeated word for word, in any case. */
public record RepeatPrompt(String prompt) implements Instruction {

    public static final String KIND = "combination:repeat_prompt";

    @Override
    public boolean holds(String answer) {
        return Characters.strip(answer)
                .toLowerCase(Locale.ROOT)
                .startsWith(Characters.strip(prompt).toLowerCase(Locale.ROOT));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
