package org.thurstone.worlds.language;

import org.thurstone.train.LossRequirements;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.SpecialData;

/** Checks that an iterative run can provide the data of a loss. */
final class LoopLosses {

    private LoopLosses() {}

    /**
     * @param judged whether a judge scores completions
     * @throws IllegalArgumentException if a run cannot feed the loss; says what to use instead
     */
    static void check(Loss loss, boolean judged) {
        loss.specialData().ifPresent(special -> {
            throw new IllegalArgumentException(refusal(loss, special));
        });
        if (!judged && learnsFromScores(loss)) {
            throw new IllegalArgumentException("loss '" + loss.name()
                    + "' learns from scores, and the recipe has no judge: add `judge:`, or take a loss over"
                    + " pairs, such as dpo");
        }
    }

    private static String refusal(Loss loss, SpecialData special) {
        return "loss '" + loss.name() + "' needs " + special.words() + ", which `run` cannot make: use "
                + special.instead() + ", or `train` on data that has them";
    }

    /** Whether it learns from the judge's scores of all completions, and not from comparisons. */
    static boolean learnsFromScores(Loss loss) {
        return LossRequirements.of(loss).form().ofScores();
    }
}
