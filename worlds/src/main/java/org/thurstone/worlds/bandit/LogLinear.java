package org.thurstone.worlds.bandit;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.run.Codec;
import org.thurstone.loop.stage.Learner;
import org.thurstone.model.exact.LogLinearPolicy;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;

/**
 * Policies of weights θ over numbered responses that have features: π ∝ exp(φ·θ).
 *
 * @param features (prompts × responses × features)
 */
public record LogLinear(double[][][] features) {

    /** What weights are kept as. */
    public static final Output<double[]> POLICY = new Output<>("policy.json", Codec.json(double[].class));

    /** How many weights there are. */
    public int dimensions() {
        return features[0][0].length;
    }

    /** (prompts × responses). */
    public double[][] probabilities(double[] theta) {
        return Arrays.stream(features)
                .map(row -> Simplex.softmax(Arrays.stream(row)
                        .mapToDouble(f -> Responses.dot(f, theta))
                        .toArray()))
                .toArray(double[][]::new);
    }

    /** φ·θ of a response: its log-probability up to a number that is the same for all responses to a prompt. */
    public double logit(double[] theta, int prompt, int response) {
        return Responses.dot(features[prompt][response], theta);
    }

    /** log π(left) − log π(right) of each pair, in nats. */
    public double[] differences(double[] theta, List<CandidatePair> pairs) {
        return pairs.stream()
                .mapToDouble(p -> {
                    int x = Responses.index(p.prompt());
                    return logit(theta, x, Responses.index(p.left())) - logit(theta, x, Responses.index(p.right()));
                })
                .toArray();
    }

    /**
     * Learns from comparisons.
     *
     * @param reference of an iteration, for the loss
     */
    public Learner<double[]> learner(
            OfflineTrainer trainer, Loss loss, Function<Iteration<double[]>, double[]> reference) {
        return (iteration, data, directory) -> learn(
                trainer,
                loss,
                iteration.current(),
                probabilities(reference.apply(iteration)),
                PairData.of(features.length, features[0].length, data).examples());
    }

    /** Learns once, from training examples. @return the weights */
    public double[] learn(
            OfflineTrainer trainer,
            Loss loss,
            double[] theta,
            double[][] reference,
            List<? extends TrainingExample> data) {
        try (ExactPolicy policy = ExactPolicy.logLinear(features, theta)) {
            trainer.train(policy, loss, reference, List.copyOf(data));
            return policy.policy().parameters().get(LogLinearPolicy.THETA).toDoubles();
        }
    }
}
