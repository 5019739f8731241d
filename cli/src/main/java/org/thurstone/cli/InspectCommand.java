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
            "Show what a file of examples contains.",
            "Prints kinds, counts, lengths, ties, duplicates, contradictions and bad rows by line. The file is streamed: its size does not matter."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone data inspect pairs.jsonl.gz",
            "  thurstone data inspect votes.csv --format json",
            "  thurstone data inspect odd.jsonl --row-format explicit-prompt"
        })
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "JSON lines, JSON, CSV or Parquet, with or without gzip.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(
            names = "--row-format",
            paramLabel = "NAME",
            converter = RowFormats.class,
            description = "Format of the rows (default: detected); a wrong name lists all formats.")
    private Optional<RowFormat> rows = Optional.empty();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        Inspection inspection =
                Inspection.of(file, rows.map(ReadOptions.DEFAULT::withFormat).orElse(ReadOptions.DEFAULT));
        if (format.json()) {
            format.print(inspection.toMap());
        } else {
            spec.commandLine().getOut().print(inspection.toText());
        }
        return CommandLine.ExitCode.OK;
    }
}
