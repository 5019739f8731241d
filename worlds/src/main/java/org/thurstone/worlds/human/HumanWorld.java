package org.thurstone.worlds.human;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.World;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.worlds.bandit.Responses;

/**
 * The world of recorded comparisons: answers are given, nothing is sampled, and a policy is a vector of weights on features of answers.
 *
 * @param split the prompts to train on, and those to evaluate on
 */
public record HumanWorld(EmbeddedSet set, EmbeddedSet.Split split) implements World<double[]> {

    /** The pairs that people compared, of the prompts that are learned from. */
    public List<CandidatePair> pairs() {
        return Arrays.stream(split.learned())
                .boxed()
                .flatMap(x ->
                        set.set().prompts().get(x).votes().stream().map(v -> Responses.pair(x, v.left(), v.right())))
                .toList();
    }

    @Override
    public List<Prompt> prompts(long used, int count, double[] start, SplittableGenerator random) {
        int[] learned = split.learned();
        if (count > learned.length) {
            throw new IllegalArgumentException(count + " different prompts of " + learned.length);
        }
        return IntStream.range(0, count)
                .mapToObj(i -> Responses.prompt(learned[(int) ((used + i) % learned.length)]))
                .toList();
    }

    /**
     * The answers that are there, whatever the policy.
     *
     * @param samples the first so many, or all of them where there are fewer
     */
    @Override
    public List<Completions> propose(double[] policy, List<Prompt> prompts, int samples, SplittableGenerator random) {
        return prompts.stream()
                .map(prompt -> new Completions(
                        prompt,
                        IntStream.range(
                                        0,
                                        set.set()
                                                .prompts()
                                                .get(Responses.index(prompt))
                                                .answers()
                                                .size())
                                .limit(samples)
                                .mapToObj(Responses::completion)
                                .toList()))
                .toList();
    }

    @Override
    public double[] differences(double[] policy, List<CandidatePair> pairs) {
        return set.policies().differences(policy, pairs);
    }

    /** The score is the share of held-out pairs that the policy ranks as most people do. */
    @Override
    public Evaluation evaluate(double[] policy, Optional<double[]> start, SplittableGenerator random) {
        return new Evaluation(
                Optional.of(set.accuracy(policy, split.held())),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of());
    }
}
