package org.thurstone.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The result of one step before the update. */
public final class StepResult {

    private final double loss;
    private final SequencedMap<String, Double> parts = new LinkedHashMap<>();
    private final List<ExampleMetrics> figures;
    private final List<String> broken;
    private final long tokens;
    private final double gradientNorm;

    private StepResult(List<BatchResult> terms, double gradientNorm) {
        double sum = 0;
        for (BatchResult term : terms) {
            sum += term.loss();
            term.parts().forEach((name, value) -> parts.merge(name, value, Double::sum));
        }
        this.loss = sum;
        this.figures = terms.stream().flatMap(t -> t.figures().stream()).toList();
        this.broken = terms.stream().flatMap(t -> t.broken().stream()).toList();
        this.tokens = terms.stream().mapToLong(BatchResult::tokens).sum();
        this.gradientNorm = gradientNorm;
    }

    static StepResult of(List<BatchResult> terms, double gradientNorm) {
        return new StepResult(terms, gradientNorm);
    }

    /** The loss, summed over the step's terms. */
    public double loss() {
        return loss;
    }

    /** The parts of the losses by name; they add up to the loss. */
    public SequencedMap<String, Double> parts() {
        return parts;
    }

    /** The norm of the policy's gradient before clipping; if a head's gradient norm is not finite, that norm. */
    public double gradientNorm() {
        return gradientNorm;
    }

    /** The number of tokens of prompts and completions that the policy read; padding and repeated passes do not count. */
    public long tokens() {
        return tokens;
    }

    List<ExampleMetrics> figures() {
        return figures;
    }

    /** The ids of examples with a loss that is not finite. */
    List<String> broken() {
        return broken;
    }
}
