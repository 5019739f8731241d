package org.thurstone.lab.arithmetic;

/**
 * The common recipe of runs on step-by-step additions: a transformer of two layers learns sums of three or four small numbers from demonstrations in
 * which two thirds of the carries are wrong, in half a minute.
 */
public final class CarryRecipe {

    private static final String RECIPE = """
        task:
          arithmetic:
            fewest-operands: %d
            most-operands: %d
            largest: 6
            limit: 14
            carry-noise: 0.65
            demonstrations: %d
            layers: %d
            width: %d
            heads: 4
            imitation: {epochs: 3, batch-size: 16, learning-rate: 3e-3, weight-decay: 0.01, schedule: {cosine: {warmup: {steps: {count: 20}}, floor: 0.05}}}
        iterations: %d
        prompts: %d
        samples: 6
        sampling: {temperature: 1.0, max-tokens: 20}
        pairing: {correct-wrong: {max-pairs: 4}}
        acquisition: {margin: {instance: random, corpus: random}}
        margin: previous
        labels: {total: %d, split: constant}
        loss: {irpo: {beta: 0.1, alpha: 1.0}}
        reference: previous
        training: {epochs: 4, batch-size: 8, learning-rate: 3e-4}
        evaluation: {prompts: %d, temperature: 1.0, greedy: false}
        """;

    private CarryRecipe() {}

    /** @param iterations of 100 prompts and 50 labels each */
    public static String full(int iterations) {
        return RECIPE.formatted(3, 4, 6000, 2, 64, iterations, 100, 50 * iterations, 250);
    }

    /** A policy that has hardly begun to learn, in a second. */
    public static String smoke(int iterations) {
        return RECIPE.formatted(2, 2, 320, 1, 32, iterations, 24, 8 * iterations, 24);
    }
}
