package org.thurstone.worlds.language.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.thurstone.data.AtomicDirectory;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Stage;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.train.CompletionSettings;
import org.thurstone.train.Epochs;
import org.thurstone.train.Evaluation;
import org.thurstone.train.LossTerm;
import org.thurstone.train.StepMetrics;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingObserver;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.worlds.language.Checkpoints;
import org.thurstone.worlds.language.Inputs;
import org.thurstone.worlds.language.LossInputs;
import org.thurstone.worlds.language.ModelTrainer;

/** Trains on the encoded data, from the last training state that was saved. */
final class TrainOnData implements Stage<Path, Path> {

    /** The directory of the model after the last step, where {@code policy/} is the one with the lowest held-out loss. */
    static final String LAST = "last";

    /** What the directory of the model with the lowest held-out loss so far is called before the step. */
    private static final String BEST = "best-";

    /** The file of the training state that is resumed from. */
    static final String STATE = "training.safetensors";

    /** Completions that are drawn side by side. */
    private static final int SLOTS = 64;

    private final OfflineRecipe recipe;
    private final RunDirectory run;
    private final StartingPoint start;
    private final MetricsLog metrics;
    private final Progress progress;
    private final int saveEvery;

    TrainOnData(
            OfflineRecipe recipe,
            RunDirectory run,
            StartingPoint start,
            MetricsLog metrics,
            Progress progress,
            int saveEvery) {
        this.recipe = recipe;
        this.run = run;
        this.start = start;
        this.metrics = metrics;
        this.progress = progress;
        this.saveEvery = saveEvery;
    }

    @Override
    public Output<Path> output() {
        return Checkpoints.POLICY;
    }

    @Override
    public Path run(Iteration<Path> iteration, Supplier<Path> directory) {
        LanguageModel model = start.model();
        train(model, start.data(), iteration.get(RecordInputs.INPUTS));
        Path into = directory.get();
        Curves curves = Curves.of(MetricsLog.read(run.path(MetricsLog.FILE)));
        if (curves.evaluations().isEmpty()) {
            model.save(into);
        } else {
            Path last = run.directory(LAST, model::save);
            long best = curves.best().step();
            if (best == curves.evaluations().getLast().step()) {
                AtomicDirectory.link(last, into);
            } else if (best == 0) {
                start.saveInitial(into);
            } else {
                AtomicDirectory.link(run.path(BEST + best), into);
            }
        }
        return into;
    }

    /** Training state and candidates are of no use once the policy is kept. */
    @Override
    public void kept(Iteration<Path> iteration, Path policy) {
        Curves.of(MetricsLog.read(run.path(MetricsLog.FILE))).evaluations().forEach(r -> run.drop(BEST + r.step()));
        try {
            Disk.delete(state());
        } catch (IOException e) {
            throw UserError.writing(state(), e);
        }
    }

    private void train(LanguageModel model, OfflineData data, Inputs inputs) {
        try (LossInputs given = LossInputs.of(
                recipe.loss(),
                new LossInputs.Data(data.training(), data.heldOut(), data.prompts()),
                // Losses without a reference get one too: the figures say how far the policy has moved from it.
                Set.of(FrozenLogProbs.REFERENCE),
                references(model, inputs),
                CompletionSettings.of(model.tokenizer(), recipe.sampleTokens(), SLOTS),
                new Seeds(recipe.seed()),
                progress)) {
            train(model.policy(), given.training(), given.heldOut());
        }
    }

    private LossInputs.References references(LanguageModel model, Inputs inputs) {
        return new LossInputs.References() {
            @Override
            public FrozenLogProbs table(TableSignal signal, List<TrainingExample> examples) {
                return frozen(signal.name(), directory(signal), model, examples, inputs);
            }

            @Override
            public Policy live() {
                if (!ownReference(recipe.reference())) {
                    return start.load(recipe.reference().orElseThrow()).policy();
                }
                return model.policy() instanceof Transformer t && t.lora().isPresent()
                        ? t.base()
                        : model.policy().snapshot();
            }
        };
    }

    private Optional<String> directory(TableSignal signal) {
        if (signal.equals(FrozenLogProbs.REFERENCE)) {
            return recipe.reference();
        } else if (signal.equals(FrozenLogProbs.SECOND_REFERENCE)) {
            return recipe.secondReference();
        }
        throw new UserError(
                "loss '" + recipe.loss().name() + "' needs " + signal.words() + ", which `train` does not provide");
    }

    private void train(Policy policy, LossTerm data, Optional<LossTerm> heldOut) {
        Epochs epochs = new Epochs(data, recipe.training());
        try (Trainer trainer = Trainer.of(policy, data, recipe.training())) {
            long from = 0;
            if (Files.exists(state())) {
                from = trainer.restore(state(), epochs.key());
                progress.say("resuming from step " + from + " of " + epochs.steps());
            }
            // What was logged after the state that training resumes from will be logged again.
            metrics.forgetFrom(Curves.TRAIN, from + 1);
            trainer.run(epochs, from, heldOut, new Writer(trainer, epochs));
        }
        metrics.sync();
    }

    /** Writes metrics and training states down. */
    private final class Writer implements TrainingObserver {
        private final Trainer trainer;
        private final Epochs epochs;

        /** Held-out losses by step, those of earlier processes included. */
        private final SequencedMap<Long, Double> evaluated = new LinkedHashMap<>();

        /** Reads what was evaluated before, once. */
        Writer(Trainer trainer, Epochs epochs) {
            this.trainer = trainer;
            this.epochs = epochs;
            Curves.of(MetricsLog.read(run.path(MetricsLog.FILE)))
                    .evaluations()
                    .forEach(row -> evaluated.put(row.step(), Curves.figure(row, "loss")));
        }

        @Override
        public void step(StepMetrics m) {
            metrics.log(Curves.TRAIN, m.step(), ModelTrainer.figures(m));
            progress.step(
                    "training",
                    m.step(),
                    m.steps(),
                    "epoch %.2f  loss %.4f  %,.0f tokens/s".formatted(m.epoch(), m.loss(), m.tokensPerSecond()));
            // A state whose loss has run away would be no good one to go back to.
            if (trainer.sound() && (m.step() % saveEvery == 0 || epochs.evaluates(m.step()))) {
                metrics.sync();
                trainer.save(state(), epochs.key(), m.step());
            }
        }

        /** Killed between saving and evaluating, a run has the state of a step and not its evaluation. */
        @Override
        public boolean wantsEvaluation(long step) {
            if (evaluated.containsKey(step)) {
                return false;
            }
            progress.step("evaluating", step, epochs.steps(), "");
            return true;
        }

        /** A model that is better than all before is kept before its figures are, so that no kill leaves figures without a model. */
        @Override
        public void evaluation(long step, Evaluation evaluation) {
            boolean better = evaluated.values().stream().allMatch(loss -> evaluation.loss() < loss);
            if (better && step > 0 && step < epochs.steps()) { // the initial and the last model are there anyway
                run.directory(BEST + step, start.model()::save);
                evaluated.keySet().forEach(earlier -> run.drop(BEST + earlier));
            }
            boolean same = step == 0 && ownReference(recipe.reference());
            metrics.log(Curves.HELD_OUT, step, Curves.figures(evaluation, same));
            evaluated.put(step, evaluation.loss());
            progress.say("after step %d of %d: held-out loss %.4f".formatted(step, epochs.steps(), evaluation.loss()));
        }

        @Override
        public Optional<Path> lastGood() {
            return Optional.of(state()).filter(Files::exists);
        }
    }

    private Path state() {
        return run.path(STATE);
    }

    /** Whether a reference is the policy as it was at the start. */
    private boolean ownReference(Optional<String> reference) {
        return reference.isEmpty() || reference.get().equals(recipe.model());
    }

    /** Computed once and kept in the run. The policy has not been trained yet when this is asked. */
    private FrozenLogProbs frozen(
            String what,
            Optional<String> directory,
            LanguageModel model,
            List<TrainingExample> examples,
            Inputs inputs) {
        Path file = run.path(what + "-log-probs.safetensors");
        String name = inputs.weights(directory.orElse(recipe.model()));
        return FrozenLogProbs.load(file, name, examples).orElseGet(() -> {
            progress.say("computing the log-probabilities of the " + what.replace('-', ' ') + " …");
            FrozenLogProbs computed;
            if (ownReference(directory)) {
                computed = FrozenLogProbs.compute(
                        model.policy(), name, examples, recipe.training().tokensPerPass());
            } else {
                try (LanguageModel reference = start.load(directory.orElseThrow())) {
                    computed = FrozenLogProbs.compute(
                            reference.policy(),
                            name,
                            examples,
                            recipe.training().tokensPerPass());
                }
            }
            computed.save(file);
            return computed;
        });
    }
}
