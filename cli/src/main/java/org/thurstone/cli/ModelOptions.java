package org.thurstone.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.thurstone.data.UserError;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.ModelDirectory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which model, and how it is held: options for commands to mix in. */
final class ModelOptions {

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "DIR",
            description = "A Hugging Face model directory, or one with an adapter of PEFT.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path policy;

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Option(
            names = "--dtype",
            defaultValue = "float32",
            description = "What to compute in: float32, bf16 or float64 (default: ${DEFAULT-VALUE}).")
    private String type = "float32";

    @Mixin
    private final TemplateOptions template = new TemplateOptions();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    /** The directory that {@code --policy} names, to be held as the options say. */
    ModelDirectory directory() {
        Path there = present(policy);
        if (LoadOptions.DEFAULT.in(type).isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "\"" + type + "\" is no --dtype: say float32, bf16 or float64");
        }
        return ModelDirectory.of(there, on(command, device).in(type).orElseThrow().withTemplate(template.choice()));
    }

    /** A path that has to be a directory. */
    static Path present(Path policy) {
        if (!Files.isDirectory(policy)) {
            throw new UserError("there is no model directory " + policy
                    + ": --policy takes a directory with config.json and model.safetensors");
        }
        return policy;
    }

    /** In float32 on the device that {@code --device} names; what is no device, or not there, is wrong usage. */
    static LoadOptions on(CommandSpec command, String device) {
        try {
            return LoadOptions.on(device);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
