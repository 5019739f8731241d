package org.thurstone.feedback.verifier;

import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;

/** Decides whether a completion answers its prompt correctly. */
@FunctionalInterface
public interface Verifier {

    Verdict verify(Prompt prompt, Completion completion);
}
