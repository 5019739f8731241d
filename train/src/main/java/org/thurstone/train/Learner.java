package org.thurstone.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.thurstone.model.Policy;
import org.thurstone.tensor.AdamW;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Optimizer;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;

/**
 * A policy, and what learns beside it, with their optimiser, stepped on one batch at a time, whatever the loss of that batch is. {@link Training} steps it through a data
 * set; methods that draw their own samples step it on those, and may put it back to where it was.
 */
public final class Learner implements AutoCloseable {

    /** What one step came to. */
    record Made(BatchResult result, double gradientNorm) {}

    private final Trained trained;
    private final Optimizer optimizer;
    private final TrainingSettings settings;
    private final DivergenceGuard guard = new DivergenceGuard();
    private Memory memory = new Memory();

    private Learner(Trained trained, Function<List<Tensor>, Optimizer> optimizer, TrainingSettings settings) {
        this.trained = trained;
        this.optimizer = optimizer.apply(trained.tensors());
        this.settings = settings;
    }

    /** With AdamW, as the settings say, and nothing beside the policy. */
    public static Learner of(Policy policy, TrainingSettings settings) {
        return of(policy, Set.of(), TrainingInputs.NONE, settings);
    }

    /**
     * The same with what has to learn beside the policy, such as a critic.
     *
     * @param signals those that are no heads say nothing
     * @param provisions with a reference, where a head is on that
     */
    public static Learner of(Policy policy, Set<Signal> signals, TrainingInputs provisions, TrainingSettings settings) {
        AdamW.Settings adam = AdamW.Settings.DEFAULT;
        return of(
                policy,
                signals,
                provisions,
                settings,
                tensors -> new AdamW(
                        tensors,
                        new AdamW.Settings(adam.beta1(), adam.beta2(), adam.epsilon(), settings.weightDecay(), false)));
    }

    /** The same with another optimiser over what is trained; this owns it from now on. */
    public static Learner of(
            Policy policy,
            Set<Signal> signals,
            TrainingInputs provisions,
            TrainingSettings settings,
            Function<List<Tensor>, Optimizer> optimizer) {
        SignalReaders heads = new SignalReaders(signals, policy, provisions.reference(), settings.seed());
        return new Learner(new Trained(policy, heads), optimizer, settings);
    }

    public Policy policy() {
        return trained.policy();
    }

    SignalReaders heads() {
        return trained.heads();
    }

    /** Tokens, padding included, of a forward pass. */
    public int tokensPerPass() {
        return settings.tokensPerPass();
    }

    /** The critic's values of what precedes each scored token, as they are now, for a learner that was made with {@link CriticSignal#VALUE}. */
    public FrozenLogProbs values(List<? extends TrainingExample> examples) {
        if (heads().get(CriticSignal.VALUE) instanceof CriticSignal.Reader critic) {
            return critic.values(examples, tokensPerPass());
        }
        throw new IllegalStateException("the values of a training are read by a critic");
    }

    /** What losses and methods remember from step to step; saved with the rest. */
    public Memory memory() {
        return memory;
    }

    /**
     * A summand of what a step goes down.
     *
     * @param batch examples, all of one kind, at least one
     * @param frozen what the loss needs of other policies, over these examples
     */
    public record Term(Loss loss, List<? extends TrainingExample> batch, Map<TableSignal, FrozenLogProbs> frozen) {
        public Term {
            batch = List.copyOf(batch);
            frozen = Map.copyOf(frozen);
        }
    }

    /**
     * Refuses, with the reason, what could not be learned from.
     *
     * @throws org.thurstone.data.UserError if the loss cannot be asked about such examples, or something that it needs is missing
     */
    public void check(Term term, TrainingInputs provisions) {
        new Trainer(policy(), term.loss, term.frozen, settings, provisions).check(term.batch);
    }

    /**
     * One step down the gradient of a sum of losses.
     *
     * @param provisions what else the losses need
     * @param rate the learning rate of this step
     * @param number of the step, for messages
     * @return the sum before the step
     * @throws Diverged if loss or gradient are not finite or run away; the parameters are then as before the step
     */
    public double learn(List<Term> terms, TrainingInputs provisions, double rate, long number) {
        trained.dropGrads();
        double loss = 0;
        List<String> ids = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (Term term : terms) {
            BatchResult result = new Trainer(policy(), term.loss, term.frozen, settings, provisions)
                    .objective(term.batch, heads())
                    .learn(term.batch, memory);
            loss += result.loss();
            broken.addAll(result.broken());
            term.batch.forEach(e -> ids.add(e.id()));
        }
        move(loss, broken.isEmpty() ? ids : broken, rate, number, Optional.empty());
        return loss;
    }

    Made step(
            Objective objective,
            List<? extends TrainingExample> batch,
            double rate,
            long number,
            Optional<Path> lastGood) {
        trained.dropGrads();
        BatchResult result = objective.learn(batch, memory);
        List<String> broken = result.broken();
        List<String> all = batch.stream().map(TrainingExample::id).toList();
        return new Made(result, move(result.loss(), broken.isEmpty() ? all : broken, rate, number, lastGood));
    }

    /** Follows the gradients that are there, unless they lead nowhere. @return their norm before clipping */
    private double move(double loss, List<String> suspects, double rate, long number, Optional<Path> lastGood) {
        double norm = trained.clip(settings.clipNorm());
        guard.check(loss, norm).ifPresent(what -> {
            throw new Diverged(what, number, suspects, lastGood);
        });
        optimizer.step(rate);
        trained.dropGrads();
        return norm;
    }

    /** Remembers parameters and optimiser as they are now; close it when it is not needed any more. */
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

    /** Goes back to where this learner stood: parameters and optimiser both. */
    public void restore(Snapshot kept) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            trained.named()
                    .forEach(
                            (name, tensor) -> tensor.detach().copy_(Objects.requireNonNull(kept.parameters.get(name))));
            optimizer.restore(kept.optimizer);
        }
    }

    /** Forgets what the optimiser has gathered, as at the start of a training. */
    public void freshOptimizer() {
        optimizer.restore(Map.of());
    }

    /**
     * Writes all that is needed to go on to one file, whole or not at all.
     *
     * @param key what it belongs to: only who gives the same one can restore it
     */
    public void save(Path file, String key, long step) {
        new TrainingState(step, guard.state(), memory.numbers()).save(file, key, trained.named(), optimizer);
    }

    /**
     * Takes up what {@link #save} wrote.
     *
     * @return the step
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
        heads().close();
    }
}
