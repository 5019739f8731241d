package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** How often a word occurs, in any case; as a part of a longer word as well. */
public record KeywordCount(Relation relation, String word, int number) implements Instruction {

    public static final String KIND = "keywords:frequency";

    public KeywordCount {
        word = Characters.strip(word);
    }

    @Override
    public boolean holds(String answer) {
        return relation.holds(of(word, answer), number);
    }

    static long of(String word, String answer) {
        return Characters.count(Pattern.compile(Pattern.quote(word), Characters.ANY_CASE), answer);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
