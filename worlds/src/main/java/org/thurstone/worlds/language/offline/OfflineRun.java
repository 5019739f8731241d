package org.thurstone.worlds.language.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
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
import org.thurstone.train.StepMetrics;
import org.thurstone.train.Trainer;
import org.thurstone.train.Training;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Draws;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.TableSignal;
import org.thurstone.worlds.language.Checkpoints;
import org.thurstone.worlds.language.Learning;

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

    private void train(LanguageModel model, OfflineData read, Inputs inputs) {
        Continuations drawing = Continuations.of(model.tokenizer(), recipe.sampleTokens(), SLOTS);
        Optional<Policy> reference = livingReference(model);
        try {
            OfflineData data = withSamples(read, drawing, reference);
            Map<TableSignal, FrozenLogProbs> frozen = frozen(model, data, inputs);
            PromptFeatures features = PromptFeatures.of(
                    recipe.loss().signals(),
                    () -> PromptEmbeddings.of(data.prompts(), data.training(), new Seeds(recipe.seed()).of("prompts")));
            TrainingInputs provisions = new TrainingInputs(reference, Optional.of(drawing), features);
            train(new Trainer(model.policy(), recipe.loss(), frozen, recipe.training(), provisions), data);
        } finally {
            reference.ifPresent(Policy::close);
        }
    }

    /** The same ones each time the run is gone on with. */
    private OfflineData withSamples(OfflineData data, Continuations drawing, Optional<Policy> reference) {
        Optional<Draws> draws = TrainingInputs.referenceSamples(recipe.loss());
        if (draws.isEmpty()) {
            return data;
        }
        progress.say("drawing " + draws.get().each() + " completions of the reference for each example …");
        return data.with(drawing, reference.orElseThrow(), draws.get().each(), new Seeds(recipe.seed()).of("samples"));
    }

    /** The reference itself, where the loss looks at more of it than can be kept. The policy has not been trained yet when this is asked. */
    private Optional<Policy> livingReference(LanguageModel start) {
        if (!TrainingInputs.referenceNeeded(recipe.loss())
                && TrainingInputs.referenceSamples(recipe.loss()).isEmpty()) {
            return Optional.empty();
        }
        if (!ownReference(recipe.reference())) {
            return Optional.of(load(recipe.reference().orElseThrow()).policy());
        }
        boolean adapted = start.policy() instanceof Transformer t && t.lora().isPresent();
        return Optional.of(
                adapted ? ((Transformer) start.policy()).base() : start.policy().snapshot());
    }

    private void train(Trainer trainer, OfflineData data) {
        try (Training training = trainer.start(data.training())) {
            if (Files.exists(state())) {
                training.restore(state());
                progress.say("going on from step " + training.step() + " of " + training.steps());
            }
            // What was logged after the state that training goes on from will be logged again.
            metrics.forgetFrom(Curves.TRAIN, training.step() + 1);
            steps(training, data.heldOut());
        }
        metrics.sync();
    }

    private void steps(Training training, List<TrainingExample> heldOut) {
        while (true) {
            if (!heldOut.isEmpty() && due(training) && !evaluated(training.step())) {
                progress.step("evaluating", training.step(), training.steps(), "");
                boolean same = training.step() == 0 && ownReference(recipe.reference());
                metrics.log(Curves.HELD_OUT, training.step(), Curves.figures(training.evaluate(heldOut), same));
            }
            if (training.finished()) {
                return;
            }
            StepMetrics m = training.next(Optional.of(state()).filter(Files::exists));
            metrics.log(Curves.TRAIN, m.step(), Learning.figures(m));
            progress.step(
                    "training",
                    m.step(),
                    m.steps(),
                    "epoch %.2f  loss %.4f  %,.0f tokens/s".formatted(m.epoch(), m.loss(), m.tokensPerSecond()));
            if (m.step() % saveEvery == 0 || due(training)) {
                metrics.sync();
                training.save(state());
            }
        }
    }

    private boolean due(Training training) {
        OptionalInt every = recipe.training().evaluateEvery();
        long steps = every.isPresent()
                ? every.getAsInt()
                : training.steps() / recipe.training().epochs();
        return training.step() % steps == 0 || training.finished();
    }

    /** Killed between saving and evaluating, a run has the state of a step and not its evaluation. */
    private boolean evaluated(long step) {
        return Curves.of(MetricsLog.read(run.path(MetricsLog.FILE))).evaluations().stream()
                .anyMatch(r -> r.step() == step);
    }

    private Path state() {
        return run.path("training.safetensors");
    }

    private Map<TableSignal, FrozenLogProbs> frozen(LanguageModel start, OfflineData data, Inputs inputs) {
        List<TrainingExample> examples = Stream.of(data.training(), data.heldOut())
                .filter(part -> !part.isEmpty())
                .flatMap(part -> Trainer.toFreeze(recipe.loss(), part).stream())
                .toList();
        Map<TableSignal, FrozenLogProbs> frozen = new HashMap<>();
        // Losses without a reference get one too: the figures say how far the policy has moved from it.
        frozen.put(FrozenLogProbs.REFERENCE, frozen("reference", recipe.reference(), start, examples, inputs));
        if (recipe.loss().signals().contains(FrozenLogProbs.SECOND_REFERENCE)) {
            frozen.put(
                    FrozenLogProbs.SECOND_REFERENCE,
                    frozen("second-reference", recipe.secondReference(), start, examples, inputs));
        }
        return frozen;
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
