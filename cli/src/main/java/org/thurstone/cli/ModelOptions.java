package org.thurstone.cli;

import java.nio.file.Path;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.model.hub.ModelFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option {@code --model}, and how the model is loaded. */
final class ModelOptions {

    /** The description of {@code --model} in the help of all commands. */
    static final String MODEL = "Hugging Face model directory, GGUF file, or a directory with a PEFT adapter";

    @Option(names = "--model", required = true, paramLabel = "DIR", description = MODEL + ".")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path model;

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    /** The directory that {@code --model} names, to be held as the options say. */
    ModelDirectory directory() {
        return loading.directory(model);
    }

    /** A path that has to have a model. */
    static Path present(Path model) {
        ModelFiles.requirePresent(model, "--model");
        return model;
    }
}
