package org.thurstone.feedback.verifier.instruction;

/**
 * The answer is in a language, by {@link Languages}; a text without letters is in any.
 *
 * @param language its code in ISO 639-1, such as {@code de}
 */
public record InLanguage(String language) implements Instruction {

    public static final String KIND = "language:response_language";

    @Override
    public boolean holds(String answer) {
        return Languages.detect(answer).map(language::equals).orElse(true);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
