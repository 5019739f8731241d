package org.thurstone.train;

import java.util.List;
import java.util.SequencedMap;

/**
 * The loss and metrics of a batch.
 *
 * @param loss Σ weight · loss / number of examples
 * @param parts of the loss, by name; they add up to it
 * @param tokens read by the policy in passes that count: prompts and completions, no padding, each once
 */
record BatchResult(double loss, SequencedMap<String, Double> parts, List<ExampleMetrics> figures, long tokens) {

    /** The examples whose own loss is not a finite number. */
    List<String> broken() {
        return figures.stream()
                .filter(f -> !Double.isFinite(f.loss()))
                .map(f -> f.example().id())
                .toList();
    }
}
