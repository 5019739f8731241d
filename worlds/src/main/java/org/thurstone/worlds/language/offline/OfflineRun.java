package org.thurstone.worlds.language.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.UserError;
import org.thurstone.loop.Progress;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.run.Codec;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Torch;
import org.thurstone.train.Continuations;
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
import org.thurstone.worlds.language.Learning;
import org.thurstone.worlds.language.LossInputs;

/**
 * Trains by a recipe inside a run directory: {@code policy/} is the trained model, {@code metrics.jsonl} every step and evaluation. Where the
 * run was killed it goes on from the last training state that was saved, with the numbers of a run that was not.
 */
public final class OfflineRun {

    private static final String POLICY = "policy";
    /** Completions that are drawn side by side. */
    private static final int SLOTS = 64;

    private final OfflineRecipe recipe;
    private final RunDirectory run;
    private final Device device;
    private final MetricsLog metrics;
    private final Progress progress;
    private final int saveEvery;

    /** @param saveEvery steps from one saved training state to the next; the end of an epoch saves too */
    public OfflineRun(
            OfflineRecipe recipe,
            RunDirectory run,
            Device device,
            MetricsLog metrics,
            Progress progress,
            int saveEvery) {
        this.recipe = recipe;
        this.run = run;
        this.device = device;
        this.metrics = metrics;
        this.progress = progress;
        this.saveEvery = saveEvery;
    }

    /** What the data came to. */
    record Counts(int training, int heldOut, long stepsPerEpoch, List<OfflineData.Drop> drops) {
        long dropped() {
            return drops.stream().mapToLong(OfflineData.Drop::count).sum();
        }
    }

    /**
     * Trains, or goes on training, to the end.
     *
     * @throws UserError if an input cannot be used or has changed since the run began, or if the training diverges
     */
    public Outcome go() {
        Inputs inputs = Inputs.of(recipe, run);
        if (!run.has(POLICY)) {
            try (LanguageModel model = adapted(load(recipe.policy()))) {
                OfflineData data = OfflineData.read(recipe, model);
                Counts counts = new Counts(
                        data.training().size(),
                        data.heldOut().size(),
                        Math.ceilDiv(data.training().size(), recipe.training().batchSize()),
                        data.drops());
                run.output("data.json", Codec.json(Counts.class), none -> counts);
                say(counts);
                train(model, data, inputs);
                run.output(POLICY, Checkpoints.POLICY.codec(), directory -> {
                    model.save(directory.get());
                    return directory.get();
                });
            }
        }
        forget(state());
        Counts counts = run.output("data.json", Codec.json(Counts.class), none -> {
            throw new UserError(run.root() + " has a policy and no data.json; was it edited?");
        });
        return new Outcome(
                recipe, inputs, counts, Curves.of(MetricsLog.read(run.path(MetricsLog.FILE))), run.path(POLICY));
    }

    private void say(Counts counts) {
        progress.say(counts.training() + " examples to train on, " + counts.heldOut() + " held out"
                + (counts.dropped() > 0 ? ", " + counts.dropped() + " dropped:" : ""));
        counts.drops().stream()
                .limit(5)
                .forEach(d -> progress.say("  " + d.count() + " × " + d.reason() + " (first: " + d.first() + ")"));
    }

    private LanguageModel load(String directory) {
        LanguageModel model =
                LanguageModel.load(Path.of(directory), new LoadOptions(DType.FLOAT32, device, recipe.checkpointing()));
        Torch.suit(model.policy().parameters().count());
        return model;
    }

    private LanguageModel adapted(LanguageModel model) {
        if (recipe.adapter().isEmpty()) {
            return model;
        }
        try {
            Transformer base = (Transformer) model.policy();
            return model.with(base.adapt(recipe.adapter().get().lora(), new Seeds(recipe.seed()).of("adapter")));
        } catch (IllegalArgumentException e) {
            model.close();
            throw new UserError("adapter: " + e.getMessage(), e);
        }
    }

    private void train(LanguageModel model, OfflineData data, Inputs inputs) {
        try (LossInputs given = LossInputs.of(
                recipe.loss(),
                new LossInputs.Data(data.training(), data.heldOut(), data.prompts()),
                // Losses without a reference get one too: the figures say how far the policy has moved from it.
                Set.of(FrozenLogProbs.REFERENCE),
                references(model, inputs),
                Continuations.of(model.tokenizer(), recipe.sampleTokens(), SLOTS),
                new Seeds(recipe.seed()),
                progress)) {
            train(model.policy(), given.training(), given.heldOut());
        }
    }

    private LossInputs.References references(LanguageModel start, Inputs inputs) {
        return new LossInputs.References() {
            @Override
            public FrozenLogProbs table(TableSignal signal, List<TrainingExample> examples) {
                return frozen(signal.name(), directory(signal), start, examples, inputs);
            }

            @Override
            public Policy live() {
                if (!ownReference(recipe.reference())) {
                    return load(recipe.reference().orElseThrow()).policy();
                }
                boolean adapted =
                        start.policy() instanceof Transformer t && t.lora().isPresent();
                return adapted
                        ? ((Transformer) start.policy()).base()
                        : start.policy().snapshot();
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
                progress.say("going on from step " + from + " of " + epochs.steps());
            }
            // What was logged after the state that training goes on from will be logged again.
            metrics.forgetFrom(Curves.TRAIN, from + 1);
            trainer.run(epochs, from, heldOut, new Writer(trainer, epochs));
        }
        metrics.sync();
    }

    /** Writes metrics and training states down. */
    private final class Writer implements TrainingObserver {
        private final Trainer trainer;
        private final Epochs epochs;

        Writer(Trainer trainer, Epochs epochs) {
            this.trainer = trainer;
            this.epochs = epochs;
        }

        @Override
        public void step(StepMetrics m) {
            metrics.log(Curves.TRAIN, m.step(), Learning.figures(m));
            progress.step(
                    "training",
                    m.step(),
                    m.steps(),
                    "epoch %.2f  loss %.4f  %,.0f tokens/s".formatted(m.epoch(), m.loss(), m.tokensPerSecond()));
            if (m.step() % saveEvery == 0 || epochs.evaluates(m.step())) {
                metrics.sync();
                trainer.save(state(), epochs.key(), m.step());
            }
        }

        @Override
        public boolean wantsEvaluation(long step) {
            if (evaluated(step)) {
                return false;
            }
            progress.step("evaluating", step, epochs.steps(), "");
            return true;
        }

        @Override
        public void evaluation(long step, Evaluation evaluation) {
            boolean same = step == 0 && ownReference(recipe.reference());
            metrics.log(Curves.HELD_OUT, step, Curves.figures(evaluation, same));
        }

        @Override
        public Optional<Path> lastGood() {
            return Optional.of(state()).filter(Files::exists);
        }
    }

    /** Killed between saving and evaluating, a run has the state of a step and not its evaluation. */
    private boolean evaluated(long step) {
        return Curves.of(MetricsLog.read(run.path(MetricsLog.FILE))).evaluations().stream()
                .anyMatch(r -> r.step() == step);
    }

    private Path state() {
        return run.path("training.safetensors");
    }

    /** Whether a reference is the policy as it was at the start. */
    private boolean ownReference(Optional<String> reference) {
        return reference.isEmpty() || reference.get().equals(recipe.policy());
    }

    /** Computed once and kept in the run. The policy has not been trained yet when this is asked. */
    private FrozenLogProbs frozen(
            String what,
            Optional<String> directory,
            LanguageModel start,
            List<TrainingExample> examples,
            Inputs inputs) {
        Path file = run.path(what + "-log-probs.safetensors");
        String name = inputs.weights(directory.orElse(recipe.policy()));
        return FrozenLogProbs.load(file, name, examples).orElseGet(() -> {
            progress.say("computing the log-probabilities of the " + what.replace('-', ' ') + " …");
            FrozenLogProbs computed;
            if (ownReference(directory)) {
                computed = FrozenLogProbs.compute(
                        start.policy(), name, examples, recipe.training().tokensPerPass());
            } else {
                try (LanguageModel reference = load(directory.orElseThrow())) {
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

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
