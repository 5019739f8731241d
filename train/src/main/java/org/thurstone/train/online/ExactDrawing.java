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
 * Everything that could be drawn, with its probability, for policies whose answers are one token: bandits. A step on it is the step of the
 * expectation. There are (number of answers)^(seats) groups a question, so seats are few.
 */
public record ExactDrawing() implements Drawing {

    private static final int MOST = 1_000_000;

    @Override
    public List<Group> draw(
            Cast cast,
            List<Question> questions,
            List<? extends List<? extends Source>> seatings,
            SplittableGenerator random) {
        int answers = cast.policy().vocabulary();
        int size = seatings.getFirst().size();
        double each = Math.pow(answers, size) * seatings.size();
        if (each * questions.size() > MOST) {
            throw new IllegalArgumentException(
                    "%d seats of %d answers each are %.0f groups a question: too many to list"
                            .formatted(size, answers, each));
        }
        List<Group> groups = new ArrayList<>();
        for (Question question : questions) {
            List<Answer> all = new ArrayList<>();
            for (int y = 0; y < answers; y++) {
                all.add(new Answer(
                        question, new Generation(new int[] {y}, new float[] {0}, Generation.Finish.EOS, "" + y)));
            }
            for (List<? extends Source> seats : seatings) {
                double[][] probabilities = new double[size][];
                for (int s = 0; s < size; s++) {
                    probabilities[s] = probabilities(cast, seats.get(s), question);
                }
                list(question, all, probabilities, each / seatings.size(), groups);
            }
        }
        return groups;
    }

    private static void list(
            Question question, List<Answer> all, double[][] probabilities, double scale, List<Group> into) {
        int[] chosen = new int[probabilities.length];
        for (boolean more = true; more; more = next(chosen, all.size())) {
            double weight = scale;
            List<Answer> answers = new ArrayList<>();
            for (int s = 0; s < chosen.length; s++) {
                weight *= probabilities[s][chosen[s]];
                answers.add(all.get(chosen[s]));
            }
            into.add(new Group(question, answers, weight));
        }
    }

    private static boolean next(int[] chosen, int answers) {
        for (int s = chosen.length - 1; s >= 0; s--) {
            if (++chosen[s] < answers) {
                return true;
            }
            chosen[s] = 0;
        }
        return false;
    }

    /** (answers): the probabilities of a source's answers. */
    private static double[] probabilities(Cast cast, Source source, Question question) {
        return switch (source) {
            case Source.Own own -> exp(logProbs(cast.policy(), question));
            case Source.Reference r -> exp(logProbs(cast.reference(), question));
            case Source.Past p -> {
                double[] mean = new double[cast.policy().vocabulary()];
                for (int k = 0; k < cast.past().size(); k++) {
                    double[] of = exp(logProbs(cast.past().get(k), question));
                    for (int y = 0; y < mean.length; y++) {
                        mean[y] += of[y] / cast.past().size();
                    }
                }
                yield mean;
            }
            case Source.Mixture(double share) -> blended(cast, question, 1 - share, share);
            case Source.Tilted(double by) -> blended(cast, question, 1 + by, -by);
        };
    }

    private static double[] blended(Cast cast, Question question, double ofPolicy, double ofReference) {
        double[] policy = logProbs(cast.policy(), question);
        double[] reference = logProbs(cast.reference(), question);
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

    private static double[] logProbs(Policy policy, Question question) {
        int[][] all = new int[policy.vocabulary()][];
        for (int y = 0; y < all.length; y++) {
            all[y] = new int[] {y};
        }
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            return policy.forward(List.of(TokenTree.of(question.tokens(), all)), false)
                    .logProbs()
                    .toDoubles();
        }
    }

    private static double[] exp(double[] logs) {
        return Arrays.stream(logs).map(Math::exp).toArray();
    }
}
