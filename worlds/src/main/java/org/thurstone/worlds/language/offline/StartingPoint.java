package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.UserError;
import org.thurstone.data.format.DataFiles;
import org.thurstone.loop.Progress;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Torch;
import org.thurstone.train.LossTerm;
import org.thurstone.worlds.language.Adapter;
import org.thurstone.worlds.language.Inputs;

/** The initial model and the tokenised data, loaded on demand. */
final class StartingPoint implements AutoCloseable {

    private final OfflineRecipe recipe;
    private final Device device;
    private final Progress progress;
    private @Nullable LanguageModel model;
    private @Nullable OfflineData data;
    private @Nullable Inputs inputs;

    StartingPoint(OfflineRecipe recipe, Device device, Progress progress) {
        this.recipe = recipe;
        this.device = device;
        this.progress = progress;
    }

    /**
     * Reads all inputs, and finds whatever would keep a training from its first step.
     *
     * @throws UserError if an input is missing or cannot be used, or if the loss cannot learn from the data
     */
    void check() {
        inputs();
        Stream.of(recipe.reference(), recipe.secondReference())
                .flatMap(Optional::stream)
                .forEach(this::refuseOtherTokenizer);
        Stream.of(data().training(), data().heldOut())
                .filter(part -> !part.isEmpty())
                .forEach(part -> LossTerm.toFreeze(recipe.loss(), part));
    }

    /** A reference is asked about the policy's token ids, so they have to mean the same to it. */
    private void refuseOtherTokenizer(String reference) {
        model().tokenizer().difference(Tokenizer.load(Path.of(reference))).ifPresent(difference -> {
            throw new UserError("the reference " + reference + " has another tokenizer than the model " + recipe.model()
                    + " (" + difference + "): choose a reference of the same model family");
        });
    }

    /** What the files hold, read once. */
    Inputs inputs() {
        if (inputs == null) {
            inputs = Inputs.of(
                    recipe,
                    Stream.concat(
                            DataFiles.of(recipe.data()).files().stream(),
                            recipe.heldOut().stream().flatMap(file -> DataFiles.heldOut(file).files().stream())),
                    Stream.of(Stream.of(recipe.model()), recipe.reference().stream(), recipe.secondReference().stream())
                            .flatMap(models -> models)
                            .map(Path::of));
        }
        return inputs;
    }

    /** With the recipe's adapter, if it has one. */
    LanguageModel model() {
        if (model == null) {
            recipe.precision().remark(device).ifPresent(progress::say);
            model = Adapter.on(load(recipe.model()), recipe.adapter(), recipe.seed());
        }
        return model;
    }

    /** Writes the model as it is before training. */
    void saveInitial(Path into) {
        try (LanguageModel initial = Adapter.on(load(recipe.model()), recipe.adapter(), recipe.seed())) {
            initial.save(into);
        }
    }

    OfflineData data() {
        if (data == null) {
            data = OfflineData.read(recipe, model(), progress);
            say(data.counts());
        }
        return data;
    }

    /** A model of the recipe from its directory, which the caller closes. */
    LanguageModel load(String directory) {
        LanguageModel loaded = LanguageModel.load(
                Path.of(directory),
                new LoadOptions(weights(), device, recipe.checkpointing())
                        .withTemplate(recipe.template())
                        .at(recipe.precision()));
        Torch.tuneThreads(loaded.policy().parameters().count());
        return loaded;
    }

    /** Weights that are trained are kept in float32; frozen ones in the type that they are multiplied in. */
    private DType weights() {
        return recipe.adapter().isPresent()
                ? recipe.precision().products(device).orElse(DType.FLOAT32)
                : DType.FLOAT32;
    }

    private void say(OfflineData.Counts counts) {
        progress.say(counts.training() + " examples to train on, " + counts.heldOut() + " held out"
                + (counts.dropped() > 0 ? ", " + counts.dropped() + " dropped:" : ""));
        counts.drops().stream()
                .limit(5)
                .forEach(d -> progress.say("  " + d.count() + " × " + d.reason() + " (first: " + d.first() + ")"));
        counts.notes().forEach((note, count) -> progress.say("  note: %,d × %s".formatted(count, note)));
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }
}
