package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** The answer begins with a word, in any case. */
public record StartWord(String word) implements Instruction {

    public static final String KIND = "startend:start_word";

    @Override
    public boolean holds(String answer) {
        return Pattern.compile("\\A[\\p{P}\\s]*" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])", Characters.ANY_CASE)
                .matcher(answer)
                .find();
    }

    @Override
    public String kind() {
        return KIND;
    }
}
