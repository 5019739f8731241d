package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.sample.Generation;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;

/**
 * All possible samples with their probabilities, for policies whose samples are one token: bandits. A step on it is the step of the
 * expectation. There are (number of samples)^(group size) groups per prompt, so groups are small.
 */
public record ExactCompletions() implements CompletionSource {

    private static final int MOST = 1_000_000;

    @Override
    public List<Group> draw(
            Policies policies,
            List<EncodedPrompt> prompts,
            List<? extends List<? extends Source>> groupings,
            SplittableGenerator random) {
        int samples = policies.policy().vocabulary();
        int size = groupings.getFirst().size();
        double each = Math.pow(samples, size) * groupings.size();
        if (each * prompts.size() > MOST) {
            throw new IllegalArgumentException(
                    "groups of %d with %d possible samples each are %.0f groups per prompt: too many to list"
                            .formatted(size, samples, each));
        }
        List<Group> groups = new ArrayList<>();
        for (EncodedPrompt prompt : prompts) {
            List<Sample> all = new ArrayList<>();
            for (int y = 0; y < samples; y++) {
                all.add(new Sample(
                        prompt, new Generation(new int[] {y}, new float[] {0}, Generation.Finish.EOS, "" + y)));
            }
            for (List<? extends Source> grouping : groupings) {
                double[][] probabilities = new double[size][];
                for (int s = 0; s < size; s++) {
                    probabilities[s] = probabilities(policies, grouping.get(s), prompt);
                }
                list(prompt, all, probabilities, each / groupings.size(), groups);
            }
        }
        return groups;
    }

    private static void list(
            EncodedPrompt prompt, List<Sample> all, double[][] probabilities, double scale, List<Group> into) {
        int[] chosen = new int[probabilities.length];
        for (boolean more = true; more; more = next(chosen, all.size())) {
            double weight = scale;
            List<Sample> samples = new ArrayList<>();
            for (int s = 0; s < chosen.length; s++) {
                weight *= probabilities[s][chosen[s]];
                samples.add(all.get(chosen[s]));
            }
            into.add(new Group(prompt, samples, weight));
        }
    }

    private static boolean next(int[] chosen, int samples) {
        for (int s = chosen.length - 1; s >= 0; s--) {
            if (++chosen[s] < samples) {
                return true;
            }
            chosen[s] = 0;
        }
        return false;
    }

    /** (samples): the probabilities of a source's samples. */
    private static double[] probabilities(Policies policies, Source source, EncodedPrompt prompt) {
        return switch (source) {
            case Source.Own own -> exp(logProbs(policies.policy(), prompt));
            case Source.Reference r -> exp(logProbs(policies.reference(), prompt));
            case Source.PastIterate p -> {
                double[] mean = new double[policies.policy().vocabulary()];
                for (int k = 0; k < policies.past().size(); k++) {
                    double[] of = exp(logProbs(policies.past().get(k), prompt));
                    for (int y = 0; y < mean.length; y++) {
                        mean[y] += of[y] / policies.past().size();
                    }
                }
                yield mean;
            }
            case Source.Mixture(double share) -> blended(policies, prompt, 1 - share, share);
            case Source.Tilted(double by) -> blended(policies, prompt, 1 + by, -by);
        };
    }

    private static double[] blended(Policies policies, EncodedPrompt prompt, double ofPolicy, double ofReference) {
        double[] policy = logProbs(policies.policy(), prompt);
        double[] reference = logProbs(policies.reference(), prompt);
        for (int y = 0; y < policy.length; y++) {
            policy[y] = ofPolicy * policy[y] + ofReference * reference[y];
        }
        double most = Arrays.stream(policy).max().orElseThrow();
        double sum = 0;
        for (int y = 0; y < policy.length; y++) {
            policy[y] = Math.exp(policy[y] - most);
            sum += policy[y];
        }
        for (int y = 0; y < policy.length; y++) {
            policy[y] /= sum;
        }
        return policy;
    }

    private static double[] logProbs(Policy policy, EncodedPrompt prompt) {
        int[][] all = new int[policy.vocabulary()][];
        for (int y = 0; y < all.length; y++) {
            all[y] = new int[] {y};
        }
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            return policy.forward(List.of(TokenTree.of(prompt.tokens(), all)), false)
                    .logProbs()
                    .toDoubles();
        }
    }

    private static double[] exp(double[] logs) {
        return Arrays.stream(logs).map(Math::exp).toArray();
    }
}
