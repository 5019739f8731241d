package org.thurstone.feedback.verifier;

import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;

/** Says whether a completion is a correct answer to its prompt. */
@FunctionalInterface
public interface Verifier {

    Verdict verify(Prompt prompt, Completion completion);
}
