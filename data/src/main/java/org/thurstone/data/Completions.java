package org.thurstone.data;

import java.util.List;

/** The completions that were sampled for a prompt, in the order of sampling; the same text may occur more than once. */
public record Completions(Prompt prompt, List<Completion> completions) {
    public Completions {
        completions = List.copyOf(completions);
    }
}
