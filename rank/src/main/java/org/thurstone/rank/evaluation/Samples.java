package org.thurstone.rank.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A solver's answers to one problem.
 *
 * @param right whether each answer is correct
 * @param answers the final answer of each; empty if unknown
 * @param rewards the score of each by a reward model; empty if unknown
 */
public record Samples(List<Boolean> right, List<String> answers, List<Double> rewards) {

    public Samples {
        right = List.copyOf(right);
        answers = List.copyOf(answers);
        rewards = List.copyOf(rewards);
        if (right.isEmpty()) throw new IllegalArgumentException("a problem has no answers");
        if (!answers.isEmpty() && answers.size() != right.size()) {
            throw new IllegalArgumentException(right.size() + " verdicts, but " + answers.size() + " answers");
        }
        if (!rewards.isEmpty() && rewards.size() != right.size()) {
            throw new IllegalArgumentException(right.size() + " verdicts, but " + rewards.size() + " rewards");
        }
    }

    /** The share that is right. */
    public double mean() {
        return right.stream().filter(r -> r).count() / (double) right.size();
    }

    /** 1 if any is right. */
    public double any() {
        return right.contains(true) ? 1 : 0;
    }

    /** 1 if the most frequent answer is right; of equally frequent ones the first. Empty without answers. */
    public OptionalDouble majority() {
        if (answers.isEmpty()) return OptionalDouble.empty();
        Map<String, Integer> votes = new LinkedHashMap<>();
        answers.forEach(a -> votes.merge(a, 1, Integer::sum));
        String first = answers.getFirst();
        for (Map.Entry<String, Integer> vote : votes.entrySet()) {
            if (vote.getValue() > votes.getOrDefault(first, 0)) first = vote.getKey();
        }
        return OptionalDouble.of(right.get(answers.indexOf(first)) ? 1 : 0);
    }

    /** 1 if the answer with the highest reward is right; of equals the first. Empty without rewards. */
    public OptionalDouble best() {
        if (rewards.isEmpty()) return OptionalDouble.empty();
        int best = 0;
        for (int i = 1; i < rewards.size(); i++) if (rewards.get(i) > rewards.get(best)) best = i;
        return OptionalDouble.of(right.get(best) ? 1 : 0);
    }
}
