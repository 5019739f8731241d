package org.thurstone.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thurstone.model.hub.ModelConversion;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a model is written, and in which form: options for commands to mix in. */
final class ConversionOptions {

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Directory to write; must not exist.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path output;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "Number type to write: float32, float64, float16 or bfloat16 (default: the model's).")
    private Optional<String> dtype = Optional.empty();

    @Option(
            names = "--max-shard-size",
            paramLabel = "SIZE",
            description = "Largest weight file, such as 5GB (default: one file).")
    private Optional<String> maxShardSize = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    Path output() {
        return output;
    }

    ModelConversion conversion() {
        try {
            return ModelConversion.of(dtype, maxShardSize);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
