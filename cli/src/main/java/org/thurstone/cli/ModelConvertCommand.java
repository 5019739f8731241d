package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thurstone.model.export.Exported;
import org.thurstone.model.export.GgufExport;
import org.thurstone.model.hub.ModelFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone model convert}: writes a model as a directory or a GGUF file, in another data type, or in more or fewer files. */
@Command(
        name = "convert",
        description = {
            "Write a model in another format, type or number of files.",
            "The result is a Hugging Face model directory or a GGUF file.",
            "An --output that ends in .gguf is a GGUF file, for llama.cpp and Ollama, with a Modelfile next to it. An adapter is"
                    + " merged into its base for it; with --adapter-only it becomes a GGUF adapter."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone model convert models/mine --dtype bfloat16 \\",
            "      --max-shard-size 5GB --output models/mine-bf16",
            "  thurstone model convert runs/lora --type q8_0 --output mine.gguf",
            "  thurstone model convert runs/lora --adapter-only --output adapter.gguf"
        })
final class ModelConvertCommand implements Callable<Integer> {

    private static final String GGUF = ".gguf";

    @Parameters(
            paramLabel = "MODEL",
            description = "Hugging Face model directory, GGUF file, directory with a PEFT adapter, or run directory.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path model;

    @Mixin
    private final ConversionOptions options = new ConversionOptions();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Storage type in a GGUF file: f32, f16, bf16 or q8_0 (default: that of the model).")
    private Optional<String> type = Optional.empty();

    @Option(names = "--adapter-only", description = "Write the adapter as a GGUF adapter, without its base.")
    private boolean adapterOnly;

    @Option(
            names = "--pre",
            paramLabel = "NAME",
            description = "Pre-tokenizer in a GGUF file (tokenizer.ggml.pre), if it cannot be found (default: found).")
    private Optional<String> pre = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        Path source = ModelFiles.policyOf(ModelOptions.present(model));
        PrintWriter out = command.getOut();
        if (!options.output().toString().toLowerCase(Locale.ROOT).endsWith(GGUF)) {
            if (type.isPresent() || adapterOnly || pre.isPresent()) {
                throw new ParameterException(
                        command,
                        "--type, --adapter-only and --pre are for GGUF files: give --output a name that ends in .gguf"
                                + " (a directory has --dtype)");
            }
            options.conversion().convert(source, options.output());
            out.println("model: " + options.output());
            return CommandLine.ExitCode.OK;
        }
        if (options.forDirectory()) {
            throw new ParameterException(
                    command, "--dtype and --max-shard-size are for directories: a GGUF file has --type");
        }
        GgufExport export = Failures.usage(command, "--type", () -> GgufExport.of(type, pre));
        Exported written =
                adapterOnly ? export.adapter(source, options.output()) : export.model(source, options.output());
        out.println((adapterOnly ? "adapter: " : "model: ") + written.file() + " ("
                + String.format(Locale.ROOT, "%,d", written.bytes()) + " bytes; tensors: "
                + written.tensors().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", "))
                + ")");
        written.modelfile().ifPresent(file -> out.println("for Ollama: " + file));
        written.notes().forEach(note -> out.println("note: " + note));
        return CommandLine.ExitCode.OK;
    }
}
