package org.thurstone.cli;

import java.util.function.Function;
import org.thurstone.model.hub.LoadOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --device} for commands to mix in. */
final class DeviceOption {

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description = "Device to compute on: auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    /** Options for computing in float32 on the device; an invalid or missing device is wrong usage. */
    LoadOptions load() {
        return on(LoadOptions::on);
    }

    /** What is made on the device, where an IllegalArgumentException of it is wrong usage. */
    <T> T on(Function<String, T> make) {
        return Failures.usage(command.commandLine(), () -> make.apply(device));
    }
}
