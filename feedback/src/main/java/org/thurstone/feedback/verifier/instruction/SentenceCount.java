package org.thurstone.feedback.verifier.instruction;

/** The number of sentences, by {@link SentenceBreaks}. */
public record SentenceCount(Relation relation, int number) implements Instruction {

    public static final String KIND = "length_constraints:number_sentences";

    @Override
    public boolean holds(String answer) {
        return relation.holds(SentenceBreaks.sentences(answer).size(), number);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
