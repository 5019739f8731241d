package org.thurstone.data;

import java.util.List;

/**
 * Several prompts that differ in one thing, such as the principle to be followed, and one completion for each of them, without labels. A loss such
 * as SAMI increases the mutual information between prompts and completions.
 *
 * @param prompts two or more, no two the same
 * @param completions one for each prompt, in their order
 */
public record Contrast(List<Prompt> prompts, List<Completion> completions, Provenance provenance) implements Example {
    public Contrast {
        prompts = List.copyOf(prompts);
        completions = List.copyOf(completions);
        if (prompts.size() < 2 || prompts.size() != completions.size()) {
            throw new IllegalArgumentException("a contrast needs two prompts or more and a completion for each; got "
                    + prompts.size() + " and " + completions.size());
        }
        if (prompts.stream().map(Prompt::content).distinct().count() < prompts.size()) {
            throw new IllegalArgumentException("two prompts of a contrast are the same");
        }
    }

    /** The first of them. */
    @Override
    public Prompt prompt() {
        return prompts.getFirst();
    }
}
