package org.thurstone.feedback;

import java.util.List;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;

/** The completions that were sampled for a prompt, in the order of sampling; the same text may come more than once. */
public record Answers(Prompt prompt, List<Completion> completions) {
    public Answers {
        completions = List.copyOf(completions);
    }
}
