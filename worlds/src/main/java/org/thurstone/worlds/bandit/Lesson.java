package org.thurstone.worlds.bandit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurstone.tensor.LearningRate;
import org.thurstone.tensor.Sgd;
import org.thurstone.train.Continuations;
import org.thurstone.train.Learner;
import org.thurstone.train.StepMetrics;
import org.thurstone.train.Trainer;
import org.thurstone.train.Training;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.TrainingObserver;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.TableSignal;

/**
 * How a policy is taught from offline examples by the project's trainer.
 *
 * @param steps over the data: passes, where a batch is all of it
 * @param rate the learning rate of AdamW, falling to nothing along half a cosine
 * @param batch examples a step; 0 for all
 */
public record Lesson(int steps, double rate, int batch) {

    private static final int PASS = 1 << 20;

    /** All data in each step. */
    public static Lesson whole(int steps, double rate) {
        return new Lesson(steps, rate, 0);
    }

    /** Sees the policy every so many steps. */
    public interface Watch {
        void see(long step, double[][] policy);
    }

    /** Teaches a policy, and returns the probabilities that it ends with. */
    public double[][] teach(ExactPolicy policy, Loss loss, double[][] reference, List<TrainingExample> data) {
        return teach(policy, loss, Map.of(FrozenLogProbs.REFERENCE, reference), data, Integer.MAX_VALUE, (s, p) -> {});
    }

    /** The same with other frozen policies. @param frozen the tables of the policies that the loss holds on to */
    public double[][] teach(
            ExactPolicy policy, Loss loss, Map<TableSignal, double[][]> frozen, List<TrainingExample> data) {
        return teach(policy, loss, frozen, data, Integer.MAX_VALUE, (s, p) -> {});
    }

    /**
     * The same, and watched.
     *
     * @param frozen the tables of the policies that the loss holds on to
     */
    public double[][] teach(
            ExactPolicy policy,
            Loss loss,
            Map<TableSignal, double[][]> frozen,
            List<TrainingExample> data,
            int every,
            Watch watch) {
        return teach(policy, loss, frozen, data, PromptFeatures.NONE, every, watch);
    }

    /**
     * The same for losses that know something of prompts.
     *
     * @param features by the ids of the examples
     */
    public double[][] teach(
            ExactPolicy policy,
            Loss loss,
            Map<TableSignal, double[][]> frozen,
            List<TrainingExample> data,
            PromptFeatures features,
            int every,
            Watch watch) {
        int size = batch == 0 ? data.size() : batch;
        int epochs = Math.ceilDiv(steps * size, data.size());
        TrainingSettings settings = TrainingSettings.of(epochs, size, rate, 1)
                .withClipNorm(1e9)
                .withTokensPerPass(PASS)
                .withSchedule(new LearningRate.Cosine(new LearningRate.Warmup.Steps(0), 0));
        try (ExactPolicy living = ExactPolicy.table(
                Optional.ofNullable(frozen.get(FrozenLogProbs.REFERENCE)).orElseGet(policy::probabilities))) {
            Map<TableSignal, FrozenLogProbs> known = new HashMap<>();
            for (Map.Entry<TableSignal, double[][]> f : frozen.entrySet()) {
                try (ExactPolicy held = ExactPolicy.table(f.getValue())) {
                    known.put(
                            f.getKey(),
                            FrozenLogProbs.compute(
                                    held.policy(), f.getKey().name(), Trainer.toFreeze(loss, data), PASS));
                }
            }
            TrainingInputs provisions = TrainingInputs.of(living.policy())
                    .withContinuations(Continuations.oneToken())
                    .withFeatures(features);
            new Trainer(policy.policy(), loss, known, settings, provisions)
                    .train(data, List.of(), new TrainingObserver() {
                        @Override
                        public void step(StepMetrics metrics, Training training) {
                            if (metrics.step() % every == 0) {
                                watch.see(metrics.step(), policy.probabilities());
                            }
                        }
                    });
        }
        return policy.probabilities();
    }

    /** From a table that starts at the reference. */
    public double[][] teach(Loss loss, double[][] reference, List<TrainingExample> data) {
        try (ExactPolicy policy = ExactPolicy.table(reference)) {
            return teach(policy, loss, reference, data);
        }
    }

    /**
     * Plain gradient descent instead, all data in each step at a constant rate, for claims about the speed of learning: AdamW's steps are as long
     * whatever the gradient is.
     */
    public static void descend(
            ExactPolicy policy,
            Loss loss,
            double[][] reference,
            List<TrainingExample> data,
            int steps,
            double rate,
            Watch watch) {
        TrainingSettings settings =
                TrainingSettings.of(1, data.size(), rate, 1).withClipNorm(1e9).withTokensPerPass(PASS);
        try (ExactPolicy held = ExactPolicy.table(reference);
                Learner learner = Learner.of(
                        policy.policy(), Set.of(), TrainingInputs.NONE, settings, tensors -> new Sgd(tensors, 0))) {
            Map<TableSignal, FrozenLogProbs> frozen = Map.of(
                    FrozenLogProbs.REFERENCE,
                    FrozenLogProbs.compute(held.policy(), FrozenLogProbs.REFERENCE.name(), data, PASS));
            for (int t = 1; t <= steps; t++) {
                learner.learn(List.of(new Learner.Term(loss, data, frozen)), TrainingInputs.NONE, rate, t);
                watch.see(t, policy.probabilities());
            }
        }
    }
}
