package org.thurstone.worlds.bandit;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.loop.Iteration;
import org.thurstone.model.Policy;
import org.thurstone.model.sample.Detokenizer;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampling;
import org.thurstone.train.LearningRate;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingPlan;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.online.CompletionSource;
import org.thurstone.train.online.EncodedPrompt;
import org.thurstone.train.online.ExactCompletions;
import org.thurstone.train.online.Online;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Policies;
import org.thurstone.train.online.PolicyHistory;
import org.thurstone.train.online.SampleValues;
import org.thurstone.train.online.SampledCompletions;

/**
 * Trains a policy on its own samples, by online methods.
 *
 * @param steps draws, each with its updates
 * @param updates passes over what was drawn
 * @param rate of gradient descent: on expectations for each prompt, so that prompts are worlds of their own; on draws for their mean; of AdamW
 *     where steps are minimised
 * @param drawn how
 */
public record SelfPlay(int steps, int updates, double rate, StepMode drawn) {

    private static final int ALL = 1 << 20;

    /** The batch and the gradient of a step. */
    public enum StepMode {
        /** Everything that could be drawn, with its probability: no noise. Gradient descent at a constant rate. */
        EXACTLY,
        /**
         * The same, each step minimised: AdamW, since the curvature of a regression on own answers differs by response as their probabilities do,
         * with a rate that falls to nothing.
         */
        MINIMISED,
        /** One draw for each question; gradient descent at a constant rate. */
        SAMPLED,
        /** One draw for each question, each step minimised. */
        SAMPLED_MINIMISED;

        boolean minimised() {
            return this == MINIMISED || this == SAMPLED_MINIMISED;
        }

        boolean sampled() {
            return this == SAMPLED || this == SAMPLED_MINIMISED;
        }
    }

    /** Gradient descent on expectations. */
    public static SelfPlay exact(int steps, double rate) {
        return new SelfPlay(steps, 1, rate, StepMode.EXACTLY);
    }

    /** Expectations, minimised in each step. */
    public static SelfPlay minimised(int steps, int updates, double rate) {
        return new SelfPlay(steps, updates, rate, StepMode.MINIMISED);
    }

    /** On one draw for each question. */
    public static SelfPlay sampled(int steps, int updates, double rate) {
        return new SelfPlay(steps, updates, rate, StepMode.SAMPLED);
    }

    /** On one draw for each question, minimised in each step. */
    public static SelfPlay phases(int steps, int updates, double rate) {
        return new SelfPlay(steps, updates, rate, StepMode.SAMPLED_MINIMISED);
    }

    /** The policy at the start and after each step, (steps + 1). */
    public List<double[][]> play(OnlineMethod method, Bandit world, double[][] start, SplittableGenerator random) {
        return play(method, world.exactly(), world.questions(), world.reference(), start, random);
    }

    /** The same with custom values and questions. */
    public List<double[][]> play(
            OnlineMethod method,
            SampleValues values,
            List<EncodedPrompt> questions,
            double[][] reference,
            double[][] start,
            SplittableGenerator random) {
        try (ExactPolicy policy = ExactPolicy.table(start)) {
            return play(method, values, questions, reference, policy, random);
        }
    }

    /** The same with a policy that is not a table, or that continues from its present state. */
    public List<double[][]> play(
            OnlineMethod method,
            SampleValues values,
            List<EncodedPrompt> questions,
            double[][] reference,
            ExactPolicy policy,
            SplittableGenerator random) {
        TrainingSettings settings = TrainingSettings.of(
                        updates, ALL, drawn == StepMode.EXACTLY ? rate * questions.size() : rate, 0)
                .with(s -> {
                    s.schedule = drawn.minimised()
                            ? new LearningRate.Cosine(new LearningRate.Warmup.Steps(0), 0)
                            : new LearningRate.Constant(new LearningRate.Warmup.Steps(0));
                    s.clipNorm = 1e9;
                    s.tokensPerPass = ALL;
                });
        TrainingPlan plan = TrainingPlan.of(policy.policy(), method.signals(), Optional.empty(), settings);
        Map<Integer, ExactPolicy> past = new HashMap<>();
        try (ExactPolicy held = ExactPolicy.table(reference);
                Online online = new Online(
                        method,
                        new Trainer(drawn.minimised() ? plan : plan.withGradientDescent()),
                        drawn.sampled() ? sampled(reference[0].length) : new ExactCompletions(),
                        values,
                        steps)) {
            return new StepOnline<>(
                            Bandit.POLICY,
                            online,
                            now -> new Policies(policy.policy(), held.policy(), new Iterates(now, past)),
                            questions,
                            random,
                            policy::probabilities)
                    .play(steps);
        } finally {
            past.values().forEach(ExactPolicy::close);
        }
    }

    /** The policies before an iteration's step, created on request. */
    private record Iterates(Iteration<double[][]> iteration, Map<Integer, ExactPolicy> made) implements PolicyHistory {

        @Override
        public int size() {
            return iteration.number();
        }

        @Override
        public Policy get(int iterate) {
            return made.computeIfAbsent(
                            iterate, i -> ExactPolicy.table(iteration.iterates().get(i)))
                    .policy();
        }
    }

    private static CompletionSource sampled(int responses) {
        BitSet endings = new BitSet();
        endings.set(0, responses);
        return new SampledCompletions(Sampling.of(1, 1), endings, Detokenizer.NONE, 64, Listener.NONE);
    }
}
