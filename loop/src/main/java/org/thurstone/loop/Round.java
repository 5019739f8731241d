package org.thurstone.loop;

import java.util.OptionalDouble;
import org.thurstone.loop.evaluation.Evaluation;

/**
 * The results of one iteration; iteration 0 is the initial policy.
 *
 * @param labels asked for in this iteration
 * @param candidates pairs there were to choose from
 * @param lucky of the right answers sampled for training, the share that was wrongly come by, where the task can tell
 * @param seconds that the iteration took on the machine that computed it, since it was last resumed
 */
public record Round(
        int iteration, int labels, int candidates, OptionalDouble lucky, Evaluation evaluation, double seconds) {}
