package org.thurstone.feedback.verifier.instruction;

import java.util.Locale;

/** The answer ends with a phrase, in any case; quotation marks around the answer do not count. */
public record EndPhrase(String phrase) implements Instruction {

    public static final String KIND = "startend:end_checker";

    @Override
    public boolean holds(String answer) {
        String text = Characters.strip(Characters.strip(answer), '"').toLowerCase(Locale.ROOT);
        return text.endsWith(Characters.strip(phrase).toLowerCase(Locale.ROOT));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
