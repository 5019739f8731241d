package org.thurstone.model.sample;

import java.util.List;

/**
 * The sampled completions of one prompt.
 *
 * @param prompt its index among the prompts asked
 */
public record Generations(int prompt, List<Generation> generations) {
    public Generations {
        generations = List.copyOf(generations);
    }
}
