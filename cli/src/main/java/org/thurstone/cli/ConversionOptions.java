package org.thurstone.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thurstone.model.hub.ModelConversion;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for writing a model: directory, dtype and size of weight files. */
final class ConversionOptions {

    @Option(
            names = "--output",
            required = true,
            paramLabel = "PATH",
            description = "Directory or file to write; must not exist.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path output;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description =
                    "Data type of the weights: float32, float64, float16 or bfloat16 (default: that of the model).")
    private Optional<String> dtype = Optional.empty();

    @Option(
            names = "--max-shard-size",
            paramLabel = "SIZE",
            description = "Maximum size of a weight file, such as 5GB (default: a single file).")
    private Optional<String> maxShardSize = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    Path output() {
        return output;
    }

    /** Whether an option was given that only directories have. */
    boolean forDirectory() {
        return dtype.isPresent() || maxShardSize.isPresent();
    }

    ModelConversion conversion() {
        return Failures.usage(command.commandLine(), () -> ModelConversion.of(dtype, maxShardSize));
    }
}
