package org.thurstone.worlds.bandit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.train.CompletionSettings;
import org.thurstone.train.Epochs;
import org.thurstone.train.LearningRate;
import org.thurstone.train.LossTerm;
import org.thurstone.train.StepMetrics;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.TrainingObserver;
import org.thurstone.train.TrainingPlan;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.TableSignal;

/**
 * Trains a policy on offline examples with {@link Trainer}.
 *
 * @param steps over the data: passes, where a batch is all of it
 * @param rate the learning rate of AdamW, with a cosine schedule to 0
 * @param batch examples per step; 0 for all
 */
public record OfflineTrainer(int steps, double rate, int batch) {

    private static final int PASS = 1 << 20;

    /** All data in each step. */
    public static OfflineTrainer whole(int steps, double rate) {
        return new OfflineTrainer(steps, rate, 0);
    }

    /** Receives the policy every so many steps. */
    public interface StepListener {
        void onStep(long step, double[][] policy);
    }

    /** Trains a policy and returns its final probabilities. */
    public double[][] train(ExactPolicy policy, Loss loss, double[][] reference, List<TrainingExample> data) {
        return train(policy, loss, Map.of(FrozenLogProbs.REFERENCE, reference), data, Integer.MAX_VALUE, (s, p) -> {});
    }

    /**
     * The same with other frozen policies.
     *
     * @param frozen the tables of the reference policies of the loss
     */
    public double[][] train(
            ExactPolicy policy, Loss loss, Map<TableSignal, double[][]> frozen, List<TrainingExample> data) {
        return train(policy, loss, frozen, data, Integer.MAX_VALUE, (s, p) -> {});
    }

    /**
     * The same with a listener.
     *
     * @param frozen the tables of the reference policies of the loss
     */
    public double[][] train(
            ExactPolicy policy,
            Loss loss,
            Map<TableSignal, double[][]> frozen,
            List<TrainingExample> data,
            int every,
            StepListener listener) {
        return train(policy, loss, frozen, data, PromptFeatures.NONE, every, listener);
    }

    /**
     * The same for losses that need features of prompts.
     *
     * @param features by the ids of the examples
     */
    public double[][] train(
            ExactPolicy policy,
            Loss loss,
            Map<TableSignal, double[][]> frozen,
            List<TrainingExample> data,
            PromptFeatures features,
            int every,
            StepListener listener) {
        int size = batch == 0 ? data.size() : batch;
        int epochs = Math.ceilDiv(steps * size, data.size());
        TrainingSettings settings = TrainingSettings.of(epochs, size, rate, 1).with(s -> {
            s.clipNorm = 1e9;
            s.tokensPerPass = PASS;
            s.schedule = new LearningRate.Cosine(new LearningRate.Warmup.Steps(0), 0);
        });
        try (ExactPolicy living = ExactPolicy.table(
                Optional.ofNullable(frozen.get(FrozenLogProbs.REFERENCE)).orElseGet(policy::probabilities))) {
            TrainingInputs inputs = new TrainingInputs(
                    tables(frozen, loss, data),
                    Optional.of(living.policy()),
                    Optional.of(CompletionSettings.oneToken()),
                    features);
            Trainer.train(
                    policy.policy(), new LossTerm(loss, data, inputs), settings, watching(policy, every, listener));
        }
        return policy.probabilities();
    }

    private static Map<TableSignal, FrozenLogProbs> tables(
            Map<TableSignal, double[][]> frozen, Loss loss, List<TrainingExample> data) {
        Map<TableSignal, FrozenLogProbs> tables = new HashMap<>();
        frozen.forEach((signal, table) -> {
            try (ExactPolicy held = ExactPolicy.table(table)) {
                tables.put(
                        signal,
                        FrozenLogProbs.compute(held.policy(), signal.name(), LossTerm.toFreeze(loss, data), PASS));
            }
        });
        return tables;
    }

    private static TrainingObserver watching(ExactPolicy policy, int every, StepListener listener) {
        return new TrainingObserver() {
            @Override
            public void step(StepMetrics metrics) {
                if (metrics.step() % every == 0) {
                    listener.onStep(metrics.step(), policy.probabilities());
                }
            }
        };
    }

    /** From a table that starts at the reference. */
    public double[][] train(Loss loss, double[][] reference, List<TrainingExample> data) {
        try (ExactPolicy policy = ExactPolicy.table(reference)) {
            return train(policy, loss, reference, data);
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
            StepListener listener) {
        TrainingSettings settings = TrainingSettings.of(steps, data.size(), rate, 1)
                .with(s -> {
                    s.clipNorm = 1e9;
                    s.tokensPerPass = PASS;
                    s.schedule = new LearningRate.Constant(new LearningRate.Warmup.Steps(0));
                    s.shuffle = false;
                });
        TrainingInputs inputs = new TrainingInputs(
                tables(Map.of(FrozenLogProbs.REFERENCE, reference), loss, data),
                Optional.empty(),
                Optional.empty(),
                PromptFeatures.NONE);
        LossTerm all = new LossTerm(loss, data, inputs);
        try (Trainer trainer = new Trainer(
                TrainingPlan.of(policy.policy(), loss, inputs, settings).withGradientDescent())) {
            trainer.run(new Epochs(all, settings), 0, watching(policy, 1, listener));
        }
    }
}
