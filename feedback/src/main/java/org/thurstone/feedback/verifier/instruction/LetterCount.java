package org.thurstone.feedback.verifier.instruction;

import java.util.Locale;

/** How often a letter or another character occurs, in any case. */
public record LetterCount(Relation relation, String letter, int number) implements Instruction {

    public static final String KIND = "keywords:letter_frequency";

    public LetterCount {
        letter = Characters.strip(letter).toLowerCase(Locale.ROOT);
        if (letter.codePointCount(0, letter.length()) != 1) {
            throw new IllegalArgumentException("\"" + letter + "\" is not one character");
        }
    }

    @Override
    public boolean holds(String answer) {
        int sought = letter.codePointAt(0);
        return relation.holds(
                answer.toLowerCase(Locale.ROOT)
                        .codePoints()
                        .filter(c -> c == sought)
                        .count(),
                number);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
