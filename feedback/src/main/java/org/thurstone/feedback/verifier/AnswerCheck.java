package org.thurstone.feedback.verifier;

/** Compares a completion with an expected answer. */
@FunctionalInterface
public interface AnswerCheck {

    Verdict check(String completion, String expected);
}
