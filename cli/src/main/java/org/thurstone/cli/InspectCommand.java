package org.thurstone.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.RowFormat;
import org.thurstone.data.inspect.Inspection;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone data inspect}: what is in a file, before anything is trained on it. */
@Command(
        name = "inspect",
        description = {
            "Say what is in a file: kinds, counts, lengths, ties, duplicates, contradictions, bad rows by line.",
            "Bad rows are reported, not refused. The file is read once and never held in memory."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone data inspect pairs.jsonl.gz",
            "  thurstone data inspect votes.csv --json",
            "  thurstone data inspect odd.jsonl --format explicit-prompt"
        })
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "JSON lines, JSON, CSV or Parquet, with or without gzip.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = Formats.class,
            description = "What the keys of a row mean, where it should not be guessed; a wrong name lists them all.")
    private Optional<RowFormat> format = Optional.empty();

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        Inspection inspection =
                Inspection.of(file, format.map(ReadOptions.DEFAULT::withFormat).orElse(ReadOptions.DEFAULT));
        if (json.wanted()) {
            json.print(inspection.toMap());
        } else {
            spec.commandLine().getOut().print(inspection.toText());
        }
        return CommandLine.ExitCode.OK;
    }
}
