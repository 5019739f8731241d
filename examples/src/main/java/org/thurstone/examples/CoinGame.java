package org.thurstone.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Respondent;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.acquisition.MarginAcquisition;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Output;
import org.thurstone.loop.World;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.run.Codec;
import org.thurstone.loop.stage.LabelPairs;
import org.thurstone.loop.stage.Learn;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.loop.stage.SampleCompletions;
import org.thurstone.loop.stage.SelectPairs;
import org.thurstone.statistics.Estimate;

/**
 * A custom world: calling a biased coin. A policy is the log-odds of calling heads. Of preferences drawn with probability {@code heads}, maximum
 * likelihood with DPO's β = 1 has a known optimum: log-odds log(heads / (1 − heads)) from a start at 0.
 *
 * @param heads the probability that heads is preferred, in (0, 1)
 * @param throwsPerIteration prompts per iteration
 */
public record CoinGame(double heads, int throwsPerIteration) implements World<Double> {

    static final Output<Double> POLICY = new Output<>("policy.json", Codec.json(Double.class));

    /** One iteration after the other: sample, pair at random, ask, learn from all answers so far. */
    public Arm<Double> arm(int iterations, Inquiry inquiry, Respondent annotator) {
        return new Arm<>(
                "",
                "coin game",
                iterations,
                List.of(
                        new SampleCompletions<>(this, throwsPerIteration, 8, throwsPerIteration),
                        new SelectPairs<>(
                                this,
                                false,
                                new RandomPairs(1, true),
                                new MarginAcquisition(Order.RANDOM, Order.RANDOM),
                                MarginReference.NOTHING,
                                Collections.nCopies(iterations, throwsPerIteration)),
                        new LabelPairs<>(inquiry, annotator, false),
                        new Learn<>(POLICY, (i, data, directory) -> learned(data), true)),
                i -> i.get(POLICY));
    }

    private static double learned(List<?> data) {
        double won = 0;
        for (Object example : data) {
            Comparison c = (Comparison) example;
            boolean headsLeft = c.left().text().plain().equals("heads");
            won += headsLeft ? c.preference().probability() : 1 - c.preference().probability();
        }
        return Math.log(won / (data.size() - won));
    }

    @Override
    public List<Prompt> prompts(long used, int count, Double start, SplittableGenerator random) {
        List<Prompt> prompts = new ArrayList<>();
        for (long i = used; i < used + count; i++) {
            prompts.add(new Prompt("throw-" + i, Text.raw("throw " + i + ": heads or tails?")));
        }
        return prompts;
    }

    @Override
    public List<Completions> propose(Double policy, List<Prompt> prompts, int samples, SplittableGenerator random) {
        return prompts.stream()
                .map(p -> new Completions(p, calls(policy, samples, random)))
                .toList();
    }

    /** At least one of each, so that every throw can be asked about. */
    private static List<Completion> calls(double policy, int samples, SplittableGenerator random) {
        List<Completion> calls = new ArrayList<>(List.of(Completion.raw("heads"), Completion.raw("tails")));
        while (calls.size() < samples) {
            calls.add(Completion.raw(random.nextDouble() < 1 / (1 + Math.exp(-policy)) ? "heads" : "tails"));
        }
        return calls;
    }

    @Override
    public double[] differences(Double policy, List<CandidatePair> pairs) {
        return pairs.stream()
                .mapToDouble(p -> p.left().text().plain().equals("heads") ? policy : -policy)
                .toArray();
    }

    @Override
    public Evaluation evaluate(Double policy, Optional<Double> start, SplittableGenerator random) {
        double share = 1 / (1 + Math.exp(-policy));
        double score = share * heads + (1 - share) * (1 - heads);
        return new Evaluation(
                Optional.of(new Estimate(score, score, score, 1)),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                1,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of());
    }
}
