package org.thurstone.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.thurstone.tensor.Memory;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * A training on its way: stepped until it is {@linkplain #finished}, and between steps evaluated, saved or restored. A training that is
 * restored from what another one saved, with the same policy, data and settings, goes on with the same numbers to the last bit.
 */
public final class Training implements AutoCloseable {

    private final Trainer trainer;
    private final List<TrainingExample> data;
    private final Objective objective;
    private final Learner learner;
    private long step;
    private int epoch = -1;
    private int[] order = {};

    Training(Trainer trainer, List<TrainingExample> data, Learner learner) {
        this.trainer = trainer;
        this.data = data;
        this.objective = trainer.objective(data, learner.heads());
        this.learner = learner;
    }

    /** Steps made so far. */
    public long step() {
        return step;
    }

    /** Steps of the whole training. */
    public long steps() {
        return (long) trainer.settings().epochs() * stepsPerEpoch();
    }

    private long stepsPerEpoch() {
        return Math.ceilDiv(data.size(), trainer.settings().batchSize());
    }

    public boolean finished() {
        return step >= steps();
    }

    /**
     * Learns from the next batch.
     *
     * @param lastGood the newest checkpoint, for the message if this goes wrong
     * @throws Diverged if loss or gradient are not finite or run away; the parameters are then as before the step
     */
    public StepMetrics next(Optional<Path> lastGood) {
        if (finished()) {
            throw new IllegalStateException("the training is finished after " + steps() + " steps");
        }
        long begin = System.nanoTime();
        List<TrainingExample> batch = batch();
        double rate = trainer.settings().learningRate()
                * trainer.settings().schedule().at(step, steps());
        learner.memory().reach((double) step / steps());
        Learner.Made made = learner.step(objective, batch, rate, step + 1, lastGood);
        BatchResult result = made.result();
        step++;
        return new StepMetrics(
                step,
                steps(),
                (double) step / stepsPerEpoch(),
                result.loss(),
                result.parts(),
                Rewards.of(result.figures()),
                made.gradientNorm(),
                rate,
                batch.size(),
                result.tokens(),
                (System.nanoTime() - begin) * 1e-9,
                Memory.resident().map(Memory::peak).orElse(0L));
    }

    private List<TrainingExample> batch() {
        int current = (int) (step / stepsPerEpoch());
        if (current != epoch) {
            epoch = current;
            order = trainer.settings().shuffle()
                    ? EpochOrder.of(data.size(), trainer.settings().seed(), epoch)
                    : IntStream.range(0, data.size()).toArray();
        }
        int size = trainer.settings().batchSize();
        int from = (int) (step % stepsPerEpoch()) * size;
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = from; i < Math.min(from + size, order.length); i++) {
            batch.add(data.get(order[i]));
        }
        return batch;
    }

    /**
     * Looks at held-out examples; nothing is changed by it.
     *
     * @param heldOut of the kind that the loss takes, at least one, with frozen log-probabilities
     */
    public Evaluation evaluate(List<? extends TrainingExample> heldOut) {
        Objective seen = trainer.objective(heldOut, learner.heads());
        List<Figures> figures = new ArrayList<>();
        double loss = 0;
        int size = trainer.settings().batchSize();
        for (int from = 0; from < heldOut.size(); from += size) {
            List<? extends TrainingExample> batch = heldOut.subList(from, Math.min(from + size, heldOut.size()));
            BatchResult result = seen.look(batch, learner.memory());
            loss += result.loss() * batch.size() / heldOut.size();
            figures.addAll(result.figures());
        }
        return Evaluation.of(figures, loss);
    }

    /** Steps to the end, evaluating at the start (of a whole training), as the settings say, and at the end. */
    public void finish(List<? extends TrainingExample> heldOut, TrainingObserver observer) {
        if (!heldOut.isEmpty()) {
            trainer.check(heldOut);
        }
        if (step == 0) {
            evaluate(heldOut, observer);
        }
        OptionalInt every = trainer.settings().evaluateEvery();
        while (!finished()) {
            StepMetrics metrics = next(observer.lastGood());
            observer.step(metrics, this);
            if (finished() || step % every.orElse((int) stepsPerEpoch()) == 0) {
                evaluate(heldOut, observer);
            }
        }
    }

    private void evaluate(List<? extends TrainingExample> heldOut, TrainingObserver observer) {
        if (!heldOut.isEmpty()) {
            observer.evaluation(step, evaluate(heldOut));
        }
    }

    /**
     * Writes all that is needed to go on: trained parameters, the optimiser's state, the position, what the loss remembers. One file, whole or
     * not at all.
     */
    public void save(Path file) {
        learner.save(file, key(), step);
    }

    /**
     * Takes up what another training saved.
     *
     * @throws org.thurstone.data.UserError if it was of other data, another loss or other settings
     */
    public void restore(Path file) {
        step = learner.restore(file, key());
    }

    private String key() {
        return FrozenLogProbs.key(List.of(
                FrozenLogProbs.key("", data),
                trainer.loss().toString(),
                trainer.settings().toString()));
    }

    @Override
    public void close() {
        learner.close();
    }
}
