package org.thurstone.feedback.verifier.instruction;

import java.util.List;
import java.util.regex.Pattern;

/** None of these words occurs, in any case; as a part of a longer word they may. */
public record ForbiddenWords(List<String> words) implements Instruction {

    public static final String KIND = "keywords:forbidden_words";

    public ForbiddenWords {
        words = List.copyOf(words);
    }

    @Override
    public boolean holds(String answer) {
        return words.stream()
                .noneMatch(word -> Pattern.compile("\\b" + Pattern.quote(word) + "\\b", Characters.ANY_CASE)
                        .matcher(answer)
                        .find());
    }

    @Override
    public String kind() {
        return KIND;
    }
}
