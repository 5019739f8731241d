package org.thurstone.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thurstone.endpoint.Chat;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.model.hub.ModelFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --model}, and how the model is loaded. */
final class ModelOptions {

    /** The description of {@code --model} in the help of all commands. */
    static final String MODEL = "Hugging Face model directory, GGUF file, or a directory with a PEFT adapter";

    @Option(names = "--model", required = true, paramLabel = "DIR", description = MODEL + ".")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private String model; // a path would make one slash of the two in an address

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    /** The directory that {@code --model} names, to be held as the options say. */
    ModelDirectory directory() {
        if (model.strip().startsWith("{")) {
            throw new ParameterException(
                    command.commandLine(),
                    "--model is behind an endpoint, and this command needs a model on this machine");
        }
        return loading.directory(Failures.usage(command.commandLine(), "--model", () -> Path.of(model)));
    }

    /** The model behind an endpoint that {@code --model} describes: {@code {chat: {…}}}; empty if it names a directory. */
    Optional<Chat> chat() {
        return model.strip().startsWith("{") ? Optional.of(Chat.parse(model, "--model")) : Optional.empty();
    }

    /** A path that has to have a model. */
    static Path present(Path model) {
        ModelFiles.requirePresent(model, "--model");
        return model;
    }
}
