package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** The number of words: runs of letters, digits and underscores. */
public record WordCount(Relation relation, int number) implements Instruction {

    public static final String KIND = "length_constraints:number_words";

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

    @Override
    public boolean holds(String answer) {
        return relation.holds(words(answer), number);
    }

    /** The number of words of a text. */
    public static int words(String text) {
        return Math.toIntExact(Characters.count(WORD, text));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
