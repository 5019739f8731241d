package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** The number of words all of whose letters are capitals, {@code I} and {@code A} among them. */
public record CapitalWords(Relation relation, int number) implements Instruction {

    public static final String KIND = "change_case:capital_word_frequency";

    /** Words with hyphens, slashes or points inside are one word; an ending after an apostrophe, as in {@code NASA's}, is none. */
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:[-‐‑/&._][\\p{L}\\p{M}\\p{N}]+)*(?:['’]\\p{Lu}+(?!\\p{L}))?");

    /** What an apostrophe leaves behind it, such as the s of {@code NASA's}. */
    private static final Pattern ENDING = Pattern.compile("['’]\\p{Ll}+");

    @Override
    public boolean holds(String answer) {
        long capitals = WORD.matcher(ENDING.matcher(answer).replaceAll(" "))
                .results()
                .filter(word -> Characters.allCapitals(word.group()))
                .count();
        return relation.holds(capitals, number);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
