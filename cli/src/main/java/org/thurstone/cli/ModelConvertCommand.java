package org.thurstone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone model convert}: changes a model's dtype, or splits or joins its weight files. */
@Command(
        name = "convert",
        description = {
            "Change a model's dtype, or split or join its weight files.",
            "The result is a Hugging Face model directory."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone model convert models/mine --dtype bfloat16 \\",
            "      --max-shard-size 5GB --output models/mine-bf16"
        })
final class ModelConvertCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "Hugging Face model directory, or GGUF file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path model;

    @Mixin
    private final ConversionOptions options = new ConversionOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        options.conversion().convert(ModelOptions.present(model), options.output());
        spec.commandLine().getOut().println("model: " + options.output());
        return CommandLine.ExitCode.OK;
    }
}
