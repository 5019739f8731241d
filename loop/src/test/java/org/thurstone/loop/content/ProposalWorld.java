package org.thurstone.loop.content;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.World;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.stage.Learner;
import org.thurstone.statistics.Estimate;

/** A world whose policies propose contents of one kind, and learn by logistic regression on the features of two. */
record ProposalWorld(Proposals proposals, Runnable beforeEachPart) implements World<double[]>, Learner<double[]> {

    @Override
    public List<Prompt> prompts(long used, int count, double[] start, SplittableGenerator random) {
        return LongStream.range(used, used + count).mapToObj(proposals::prompt).toList();
    }

    @Override
    public List<Completions> propose(double[] policy, List<Prompt> prompts, int samples, SplittableGenerator random) {
        beforeEachPart.run();
        return prompts.stream()
                .map(p -> new Completions(
                        p,
                        IntStream.range(0, samples)
                                .mapToObj(i -> new Completion(proposals.draw(policy, random)))
                                .toList()))
                .toList();
    }

    @Override
    public double[] differences(double[] policy, List<CandidatePair> pairs) {
        return pairs.stream()
                .mapToDouble(p -> proposals.logProb(policy, p.left().content())
                        - proposals.logProb(policy, p.right().content()))
                .toArray();
    }

    @Override
    public double[] learn(Iteration<double[]> iteration, List<? extends Example> data, Supplier<Path> directory) {
        double[] weights = iteration.current().clone();
        for (int step = 0; step < 200; step++) {
            for (Example example : data) {
                Comparison c = (Comparison) example;
                double[] chosen = proposals.features(c.chosen().content());
                double[] rejected = proposals.features(c.rejected().content());
                double margin = 0;
                for (int i = 0; i < weights.length; i++) {
                    margin += weights[i] * (chosen[i] - rejected[i]);
                }
                double push = 0.2 / data.size() / (1 + Math.exp(margin));
                for (int i = 0; i < weights.length; i++) {
                    weights[i] += push * (chosen[i] - rejected[i]);
                }
            }
        }
        return weights;
    }

    @Override
    public Evaluation evaluate(double[] policy, Optional<double[]> start, SplittableGenerator random) {
        List<Completion> sampled = IntStream.range(0, 1000)
                .mapToObj(i -> new Completion(proposals.draw(policy, random)))
                .toList();
        double mean = sampled.stream()
                .mapToDouble(c -> proposals.utility(c.content()))
                .average()
                .orElseThrow();
        Completion first = sampled.getFirst();
        return new Evaluation(
                Optional.of(new Estimate(mean, mean, mean, sampled.size())),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of(new Evaluation.ExampleAnswer(
                        LosslessJson.shown(proposals.prompt(0).content()),
                        LosslessJson.shown(first.content()),
                        OptionalDouble.of(proposals.utility(first.content())))));
    }
}
