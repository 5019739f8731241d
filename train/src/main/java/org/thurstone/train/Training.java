package org.thurstone.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.thurstone.tensor.Memory;
import org.thurstone.tensor.Optimizer;

/**
 * A training on its way: stepped until it is {@linkplain #finished}, and between steps evaluated, saved or restored. A training that is
 * restored from what another one saved, with the same policy, data and settings, goes on with the same numbers to the last bit.
 */
public final class Training implements AutoCloseable {

    private final Trainer trainer;
    private final List<TrainingExample> data;
    private final Trained trained;
    private final Objective objective;
    private final Optimizer optimizer;
    private final Watch watch = new Watch();
    private org.thurstone.train.loss.Memory memory = new org.thurstone.train.loss.Memory();
    private long step;
    private int epoch = -1;
    private int[] order = {};

    Training(Trainer trainer, List<TrainingExample> data, Trained trained, Optimizer optimizer) {
        this.trainer = trainer;
        this.data = data;
        this.trained = trained;
        this.objective = trainer.objective(data, trained.heads());
        this.optimizer = optimizer;
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
        memory.reach((double) step / steps());
        trained.dropGrads();
        BatchResult result = objective.learn(batch, memory);
        double norm = trained.clip(trainer.settings().clipNorm());
        watch.see(result.loss(), norm).ifPresent(what -> {
            List<String> broken = result.broken();
            List<String> all = batch.stream().map(TrainingExample::id).toList();
            throw new Diverged(what, step + 1, broken.isEmpty() ? all : broken, lastGood);
        });
        optimizer.step(rate);
        trained.dropGrads();
        step++;
        return new StepMetrics(
                step,
                steps(),
                (double) step / stepsPerEpoch(),
                result.loss(),
                result.parts(),
                Rewards.of(result.figures()),
                norm,
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
        Objective seen = trainer.objective(heldOut, trained.heads());
        List<Figures> figures = new ArrayList<>();
        double loss = 0;
        int size = trainer.settings().batchSize();
        for (int from = 0; from < heldOut.size(); from += size) {
            List<? extends TrainingExample> batch = heldOut.subList(from, Math.min(from + size, heldOut.size()));
            BatchResult result = seen.look(batch, memory);
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
        new TrainingState(step, watch.state(), memory.numbers()).save(file, key(), trained.named(), optimizer);
    }

    /**
     * Takes up what another training saved.
     *
     * @throws org.thurstone.data.UserError if it was of other data, another loss or other settings
     */
    public void restore(Path file) {
        TrainingState state = TrainingState.load(file, key(), trained.named(), optimizer);
        step = state.step();
        watch.restore(state.watch());
        memory = org.thurstone.train.loss.Memory.of(state.memory());
    }

    private String key() {
        return FrozenLogProbs.key(List.of(
                FrozenLogProbs.key("", data),
                trainer.loss().toString(),
                trainer.settings().toString()));
    }

    @Override
    public void close() {
        optimizer.close();
        trained.heads().close();
    }
}
