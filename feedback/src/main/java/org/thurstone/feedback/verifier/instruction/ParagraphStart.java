package org.thurstone.feedback.verifier.instruction;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * There are exactly so many paragraphs, separated by blank lines, and one of them begins with a word.
 *
 * @param nth its place, counted from 1
 */
public record ParagraphStart(int number, int nth, String word) implements Instruction {

    public static final String KIND = "length_constraints:nth_paragraph_first_word";

    private static final Pattern BLANKS = Pattern.compile("\\s+", Characters.FLAGS);

    public ParagraphStart {
        if (nth > number) {
            throw new IllegalArgumentException("paragraph " + nth + " of " + number + " paragraphs cannot be there");
        }
    }

    @Override
    public boolean holds(String answer) {
        String[] parts = answer.split("\n\n", -1);
        long paragraphs =
                Arrays.stream(parts).filter(part -> !Characters.isBlank(part)).count();
        if (paragraphs != number || Characters.isBlank(parts[nth - 1])) {
            return false;
        }
        String first = BLANKS.split(Characters.strip(parts[nth - 1]))[0];
        first = Characters.leading(Characters.leading(first, '\''), '"');
        return first.replaceFirst("[.,?!'\"].*", "").toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
