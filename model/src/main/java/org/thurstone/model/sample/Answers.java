package org.thurstone.model.sample;

import java.util.List;

/**
 * The answers to one prompt.
 *
 * @param prompt its index among the prompts asked
 */
public record Answers(int prompt, List<Generation> generations) {
    public Answers {
        generations = List.copyOf(generations);
    }
}
