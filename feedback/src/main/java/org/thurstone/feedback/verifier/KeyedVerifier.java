package org.thurstone.feedback.verifier;

import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;

/** Checks completions against an answer key; a prompt that the key does not know is an error, not a wrong answer. */
record KeyedVerifier(AnswerKey key, AnswerCheck check) implements Verifier {

    @Override
    public Verdict verify(Prompt prompt, Completion completion) {
        String expected = key.answer(prompt)
                .orElseThrow(() -> new UserError(
                        "the answer key has no answer for prompt \"%s\"; every prompt that is verified needs one"
                                .formatted(prompt.id())));
        return check.check(completion.text().plain(), expected);
    }
}
