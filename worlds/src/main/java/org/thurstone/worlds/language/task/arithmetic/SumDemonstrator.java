package org.thurstone.worlds.language.task.arithmetic;

import java.util.random.RandomGenerator;

/**
 * A demonstrator that adds digit by digit and forgets some of the carries: a step that carries or borrows is off by ten with probability
 * {@code carryNoise}, and the derivation continues from the wrong partial sum. Results wrap into 0 … limit − 1, so that they stay words that
 * the model knows.
 */
record SumDemonstrator(double carryNoise, int limit) {

    public String demonstrate(Sum sum, RandomGenerator random) {
        return sum.derivation((partial, operand) -> {
            int next = partial + operand;
            if (carries(partial, operand) && random.nextDouble() < carryNoise) {
                next += operand > 0 ? -10 : 10;
            }
            return Math.floorMod(next, limit);
        });
    }

    /** Whether adding the last digits goes over nine, or taking them away goes below zero. */
    static boolean carries(int partial, int operand) {
        int last = partial % 10;
        return operand > 0 ? last + operand % 10 >= 10 : last < -operand % 10;
    }
}
