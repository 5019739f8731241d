package org.thurstone.feedback.verifier.instruction;

/** A verifiable instruction: a rule about the text of an answer. Whether an answer is any good is another question. */
public interface Instruction {

    /** Its kind, as in IFEval's files: {@code punctuation:no_comma}. */
    String kind();

    /** Whether a text obeys it; a blank text obeys none and is not asked about. */
    boolean holds(String answer);
}
