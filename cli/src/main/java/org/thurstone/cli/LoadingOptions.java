package org.thurstone.cli;

import java.nio.file.Path;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.ModelDirectory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for how a model is loaded: device, dtype and chat template. */
final class LoadingOptions {

    @Mixin
    private final DeviceOption device = new DeviceOption();

    @Option(
            names = "--dtype",
            defaultValue = "float32",
            paramLabel = "TYPE",
            description = "Data type to compute in: float32, float64, float16 or bfloat16 (default: ${DEFAULT-VALUE}).")
    private String type = "float32";

    @Mixin
    private final TemplateOptions template = new TemplateOptions();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    /** A model, to be held as the options say. */
    ModelDirectory directory(Path model) {
        Path there = ModelOptions.present(model);
        return ModelDirectory.of(there, typed(device.load()).withTemplate(template.choice()));
    }

    private LoadOptions typed(LoadOptions options) {
        return Failures.usage(command.commandLine(), "--dtype", () -> options.in(type));
    }
}
