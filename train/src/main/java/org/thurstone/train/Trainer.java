package org.thurstone.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.thurstone.model.Policy;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Optimizer;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Trains a policy and the heads of its signals, step by step. What is trained and how is its {@link TrainingPlan}, which never changes; where it
 * stands is parameters, optimiser, the guard against divergence and what losses remember, all of which can be saved and resumed to the
 * last bit. Everything that trains does so by {@link #step}: on the batches of a data set ({@link Epochs}), on samples that an online method drew, by hand.
 *
 * <pre>{@code
 * LossTerm data = new LossTerm(new Dpo(0.1, 0), pairs, TrainingInputs.reference(frozen));
 * try (Trainer trainer = Trainer.of(policy, data, settings)) {
 *     trainer.run(new Epochs(data, settings), 0, TrainingObserver.NONE);
 * }
 * }</pre>
 */
public final class Trainer implements AutoCloseable {

    // What is trained and how.
    private final TrainingPlan plan;
    private final TrainingSettings settings;

    // Where it stands.
    private final TrainedParameters trained;
    private final SignalReaders readers;
    private final Optimizer optimizer;
    private final DivergenceGuard guard;
    private Memory memory = new Memory();

    /** At the start of a training, with fresh heads. */
    public Trainer(TrainingPlan plan) {
        this.plan = plan;
        this.settings = plan.settings();
        this.readers = new SignalReaders(plan.signals(), plan.policy(), plan.reference(), settings.seed());
        // A head of a loss's own begins untrained: where such a loss starts says nothing about where it may go.
        this.guard = new DivergenceGuard(readers.parameters().isEmpty() ? settings.lossLimit() : Optional.empty());
        this.trained = new TrainedParameters(plan.policy().parameters(), readers.parameters());
        this.optimizer = plan.optimizer().apply(trained.tensors());
    }

    /**
     * For a loss over a data set.
     *
     * @throws org.thurstone.data.UserError if the loss cannot learn from these examples, or something that it needs is missing
     */
    public static Trainer of(Policy policy, LossTerm data, TrainingSettings settings) {
        data.check(policy);
        return new Trainer(TrainingPlan.of(policy, data.loss(), data.inputs(), settings));
    }

    /** Trains a policy on a data set from the first step to the last. */
    public static void train(Policy policy, LossTerm data, TrainingSettings settings, TrainingObserver observer) {
        try (Trainer trainer = of(policy, data, settings)) {
            trainer.run(new Epochs(data, settings), 0, observer);
        }
    }

    /**
     * One step down the gradient of a sum of losses.
     *
     * @param batch the summands, each with its examples
     * @param learningRate of this step
     * @param number of the step, for messages
     * @param lastGood the newest checkpoint, for the message if this goes wrong
     * @throws Diverged if loss or gradient are not finite or run away; the parameters are then as before the step
     */
    public StepResult step(List<LossTerm> batch, double learningRate, long number, Optional<Path> lastGood) {
        trained.dropGrads();
        List<BatchResult> results = new ArrayList<>();
        for (LossTerm term : batch) {
            results.add(BatchLoss.learn(plan.policy(), readers, term, settings, memory));
        }
        StepResult result = StepResult.of(results, trained.clip(settings.clipNorm()));
        guard.check(result.loss(), result.gradientNorm()).ifPresent(what -> {
            throw new Diverged(what, number, guard.sound() ? suspects(batch, result) : List.of(), lastGood);
        });
        optimizer.step(learningRate);
        trained.dropGrads();
        return result;
    }

    /** The examples whose own loss is not finite, or all of the batch. */
    private static List<String> suspects(List<LossTerm> batch, StepResult result) {
        return result.broken().isEmpty()
                ? batch.stream().flatMap(t -> t.ids().stream()).toList()
                : result.broken();
    }

    /**
     * Steps through a schedule to its end.
     *
     * @param from the step to begin with: 0, or what {@link #restore} said
     */
    public void run(BatchSchedule schedule, long from, TrainingObserver observer) {
        run(schedule, from, Optional.empty(), observer);
    }

    /**
     * The same with an evaluation on held-out examples wherever the schedule says so, before the first step and after the last included.
     *
     * @param heldOut of the kind that its loss takes, at least one
     */
    public void run(BatchSchedule schedule, long from, Optional<LossTerm> heldOut, TrainingObserver observer) {
        heldOut.ifPresent(t -> t.check(plan.policy()));
        for (long at = from; ; at++) {
            if (heldOut.isPresent() && schedule.evaluates(at) && observer.wantsEvaluation(at)) {
                observer.evaluation(at, evaluate(heldOut.get()));
            }
            if (at >= schedule.steps()) {
                return;
            }
            observer.step(step(schedule, at, observer.lastGood()));
        }
    }

    /** One step of a schedule, measured. */
    public StepMetrics step(BatchSchedule schedule, long at, Optional<Path> lastGood) {
        long begin = System.nanoTime();
        memory.reach(schedule.progress(at));
        List<LossTerm> batch = schedule.batch(at);
        double rate = schedule.learningRate(at);
        StepResult result = step(batch, rate, schedule.number(at), lastGood);
        return new StepMetrics(
                at + 1,
                schedule.steps(),
                (double) (at + 1) / schedule.stepsPerEpoch(),
                result.loss(),
                result.parts(),
                Rewards.of(result.figures()),
                Evaluation.divergence(result.figures()),
                result.gradientNorm(),
                rate,
                batch.stream().mapToInt(t -> t.examples().size()).sum(),
                result.tokens(),
                (System.nanoTime() - begin) * 1e-9);
    }

    /** Looks at held-out examples, batch by batch; nothing is changed by it. */
    public Evaluation evaluate(LossTerm heldOut) {
        List<ExampleMetrics> figures = new ArrayList<>();
        List<TrainingExample> all = heldOut.examples();
        double loss = 0;
        int size = settings.batchSize();
        for (int from = 0; from < all.size(); from += size) {
            List<TrainingExample> batch = all.subList(from, Math.min(from + size, all.size()));
            BatchResult result = BatchLoss.look(plan.policy(), readers, heldOut.batch(batch), settings, memory);
            loss += result.loss() * batch.size() / all.size();
            figures.addAll(result.figures());
        }
        return Evaluation.of(figures, loss);
    }

    /** The critic's present values of what precedes each scored token, for a plan with {@link CriticSignal#VALUE}. */
    public FrozenLogProbs values(List<? extends TrainingExample> examples) {
        if (readers.get(CriticSignal.VALUE) instanceof CriticSignal.Reader critic) {
            return critic.values(examples, settings.tokensPerPass());
        }
        throw new IllegalStateException("values are read by a critic");
    }

    public TrainingPlan plan() {
        return plan;
    }

    public Policy policy() {
        return plan.policy();
    }

    /** The state that losses and methods carry from step to step; saved with the rest. */
    public Memory memory() {
        return memory;
    }

    /** Whether the loss of the last step was within its limit, so that the present state is one to go back to. */
    public boolean sound() {
        return guard.sound();
    }

    /** A copy of the present parameters and optimiser; close it when it is no longer needed. */
    public Snapshot snapshot() {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            trained.named()
                    .forEach((name, tensor) ->
                            parameters.put(name, tensor.detach().copy().own()));
            Map<String, Tensor> state = new LinkedHashMap<>();
            optimizer
                    .state()
                    .forEach((name, tensor) -> state.put(name, tensor.copy().own()));
            return new Snapshot(parameters, state);
        }
    }

    /** Goes back to a snapshot: parameters and optimiser both. */
    public void restore(Snapshot snapshot) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            trained.named()
                    .forEach((name, tensor) ->
                            tensor.detach().copy_(Objects.requireNonNull(snapshot.parameters.get(name))));
            optimizer.restore(snapshot.optimizer);
        }
    }

    /** Forgets what the optimiser has gathered, as at the start of a training. */
    public void freshOptimizer() {
        optimizer.restore(Map.of());
    }

    /**
     * Writes all that is needed to resume to one file, completely or not at all.
     *
     * @param key what it belongs to: only who gives the same one can restore it
     * @param step how many steps have been made
     */
    public void save(Path file, String key, long step) {
        new TrainingState(step, guard.state(), memory.numbers()).save(file, key, trained.named(), optimizer);
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @return how many steps had been made
     * @throws org.thurstone.data.UserError if it belongs to something else
     */
    public long restore(Path file, String key) {
        TrainingState state = TrainingState.load(file, key, trained.named(), optimizer);
        guard.restore(state.guard());
        memory = Memory.of(state.memory());
        return state.step();
    }

    @Override
    public void close() {
        optimizer.close();
        readers.close();
    }
}
