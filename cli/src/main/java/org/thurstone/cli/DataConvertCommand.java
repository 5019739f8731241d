package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thurstone.data.Comparison;
import org.thurstone.data.Count;
import org.thurstone.data.Example;
import org.thurstone.data.Rating;
import org.thurstone.data.UserError;
import org.thurstone.data.format.DataFiles;
import org.thurstone.data.format.ExampleWriter;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.RowFormat;
import org.thurstone.data.format.RowReader;
import org.thurstone.data.format.ServiceFormat;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code thurstone data convert}: writes examples in the formats of trainers and fine-tuning services. */
@Command(
        name = "convert",
        description = {
            "Write examples for trainers and fine-tuning services.",
            "Rows that the format has no form for, such as ties, are left out and counted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone data convert pairs.jsonl --to openai-preference --output upload.jsonl",
            "  thurstone data convert runs/mine/pairs.jsonl --to llama-factory --output data/mine.jsonl"
        })
final class DataConvertCommand implements Callable<Integer> {

    /** Words for formats. */
    static final class Words implements ITypeConverter<ServiceFormat> {
        @Override
        public ServiceFormat convert(String word) {
            return Arrays.stream(ServiceFormat.values())
                    .filter(f -> f.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of: "
                            + Arrays.stream(ServiceFormat.values())
                                    .map(ServiceFormat::word)
                                    .collect(Collectors.joining(", "))));
        }
    }

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "JSON lines, JSON, CSV or Parquet, with or without gzip; quoted patterns such as"
                    + " \"data/*.jsonl\" and folders of Hugging Face data sets, whose training split is converted.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            converter = Words.class,
            description = "Format to write: trl, openai-preference, llama-factory or axolotl.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private ServiceFormat to;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "File to write: .jsonl or .jsonl.gz.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path output;

    @Mixin
    private final ColumnsOption columns = new ColumnsOption();

    @Option(
            names = "--row-format",
            paramLabel = "NAME",
            converter = RowFormats.class,
            description = "Format of the rows (default: detected); an unknown name lists all formats.")
    private Optional<RowFormat> rows = Optional.empty();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The JSON output. */
    record Document(String output, long written, Map<String, Long> leftOut, Map<String, Long> notWritten) {}

    @Override
    public Integer call() {
        ReadOptions reading =
                columns.on(rows.map(ReadOptions.DEFAULT::withFormat).orElse(ReadOptions.DEFAULT));
        PrintWriter err = spec.commandLine().getErr();
        DataFiles given = DataFiles.of(files);
        given.remarks().forEach(err::println);
        Map<String, Long> leftOut = new TreeMap<>();
        Map<String, Long> lost = new TreeMap<>();
        boolean pairs = false;
        boolean ratings = false;
        long written;
        try (ExampleWriter writer = ExampleWriter.service(output, to)) {
            for (Path file : given.files()) {
                try (RowReader<Example> reader = Examples.read(file, reading)) {
                    while (reader.hasNext()) {
                        Example example = reader.next().value();
                        Optional<String> unfit = to.unfit(example);
                        if (unfit.isPresent()) {
                            leftOut.merge(unfit.get(), 1L, Long::sum);
                        } else {
                            writer.write(example);
                            to.lost(example).ifPresent(what -> lost.merge(what, 1L, Long::sum));
                            pairs |= example instanceof Comparison;
                            ratings |= example instanceof Rating;
                        }
                    }
                    reader.notices().forEach(err::println);
                }
            }
            written = writer.written();
            if (written == 0) {
                throw new UserError(
                        "nothing to write for " + to.title() + (leftOut.isEmpty() ? ": there are no rows" : "")
                                + leftOut.entrySet().stream()
                                        .map(e -> ": " + e.getValue() + " " + e.getKey())
                                        .collect(Collectors.joining()));
            }
            writer.commit();
        }
        leftOut.forEach((what, count) ->
                err.println("left out: " + count + " " + what + ", for which " + to.title() + " has no form"));
        lost.forEach((what, count) -> err.println("not written: " + what + ", of " + Count.of(count, "row")));
        if (format.json()) {
            format.print(new Document(output.toString(), written, leftOut, lost));
        } else {
            spec.commandLine().getOut().println(output + ": " + Count.of(written, "row") + " for " + to.title());
            to.settings(String.valueOf(output.getFileName()), pairs, ratings)
                    .ifPresent(spec.commandLine().getOut()::println);
        }
        return CommandLine.ExitCode.OK;
    }
}
