package org.thurstone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone model merge}: merges an adapter into its base model. */
@Command(
        name = "merge",
        description = {
            "Merge an adapter into its base model.",
            "The merged model has the same log-probabilities as base and adapter together, and loads without PEFT."
        },
        footerHeading = "%nExamples:%n",
        footer = "  thurstone model merge runs/lora/policy --output models/merged")
final class ModelMergeCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "MODEL",
            description = "Directory with a PEFT adapter; adapter_config.json names its base model.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path model;

    @Mixin
    private final ConversionOptions options = new ConversionOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        options.conversion().merge(ModelOptions.present(model), options.output());
        spec.commandLine().getOut().println("model: " + options.output());
        return CommandLine.ExitCode.OK;
    }
}
