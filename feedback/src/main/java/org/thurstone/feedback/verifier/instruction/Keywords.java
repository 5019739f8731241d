package org.thurstone.feedback.verifier.instruction;

import java.util.List;

/** All of these words occur, in any case; as a part of a longer word as well. */
public record Keywords(List<String> words) implements Instruction {

    public static final String KIND = "keywords:existence";

    public Keywords {
        words = List.copyOf(words);
    }

    @Override
    public boolean holds(String answer) {
        return words.stream().allMatch(word -> KeywordCount.of(word, answer) > 0);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
