package org.thurstone.feedback.verifier.instruction;

/** The answer is one sentence, and a question. */
public record SingleQuestion() implements Instruction {

    public static final String KIND = "detectable_content:single_question";

    @Override
    public boolean holds(String answer) {
        String text = Characters.strip(answer);
        return text.endsWith("?")
                && text.indexOf('?') == text.length() - 1
                && SentenceBreaks.sentences(text).size() == 1;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
