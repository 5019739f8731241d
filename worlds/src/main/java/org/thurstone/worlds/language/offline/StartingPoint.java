package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.UserError;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Torch;

/** The initial model and the tokenised data, loaded on demand. */
final class StartingPoint implements AutoCloseable {

    private final OfflineRecipe recipe;
    private final Device device;
    private final Progress progress;
    private @Nullable LanguageModel model;
    private @Nullable OfflineData data;

    StartingPoint(OfflineRecipe recipe, Device device, Progress progress) {
        this.recipe = recipe;
        this.device = device;
        this.progress = progress;
    }

    /** With the recipe's adapter, if it has one. */
    LanguageModel model() {
        if (model == null) {
            model = adapted(load(recipe.model()));
        }
        return model;
    }

    OfflineData data() {
        if (data == null) {
            data = OfflineData.read(recipe, model());
            say(data.counts());
        }
        return data;
    }

    /** A model of the recipe as it lies on disk, for whoever asked to close. */
    LanguageModel load(String directory) {
        LanguageModel loaded = LanguageModel.load(
                Path.of(directory), new LoadOptions(DType.FLOAT32, device, recipe.checkpointing(), recipe.template()));
        Torch.tuneThreads(loaded.policy().parameters().count());
        return loaded;
    }

    private LanguageModel adapted(LanguageModel plain) {
        if (recipe.adapter().isEmpty()) {
            return plain;
        }
        try {
            Transformer base = (Transformer) plain.policy();
            return plain.with(base.adapt(recipe.adapter().get().lora(), new Seeds(recipe.seed()).of("adapter")));
        } catch (IllegalArgumentException e) {
            plain.close();
            throw new UserError("adapter: " + e.getMessage(), e);
        }
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
