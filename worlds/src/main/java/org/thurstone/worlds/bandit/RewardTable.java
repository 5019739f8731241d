package org.thurstone.worlds.bandit;

import java.util.Arrays;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Rater;

/**
 * Rates a bandit's responses.
 *
 * @param scores (prompts × responses)
 */
public record RewardTable(Identity identity, double[][] scores) implements Rater {

    /** Who gives these scores. */
    public static RewardTable of(double[][] scores) {
        return new RewardTable(Identity.hashed("reward-table", Arrays.deepToString(scores)), scores);
    }

    @Override
    public double rate(Prompt prompt, Completion completion) {
        return scores[Responses.index(prompt)][Responses.index(completion)];
    }
}
