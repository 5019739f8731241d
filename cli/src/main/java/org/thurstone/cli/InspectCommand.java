package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.data.format.DataFiles;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.RowFormat;
import org.thurstone.data.inspect.Inspection;
import org.thurstone.worlds.language.offline.TokenizedRows;
import org.thurstone.worlds.language.offline.Turns;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone data inspect}: shows format, columns, counts and bad rows of a file of examples. */
@Command(
        name = "inspect",
        description = {
            "Show what a file of examples contains.",
            "Prints the detected format, columns, counts, lengths, ties, duplicates, contradictions, and bad rows with"
                    + " line numbers. Files are streamed, so they may be larger than memory."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone data inspect pairs.jsonl.gz",
            "  thurstone data inspect votes.csv --format json",
            "  thurstone data inspect chats.jsonl --model DIR --show 3",
            "  thurstone data inspect odd.jsonl --row-format explicit-prompt"
        })
final class InspectCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "JSON lines, JSON, CSV or Parquet, with or without gzip; quoted patterns such as \"data/*.jsonl\" and"
                            + " folders of Hugging Face data sets, whose training split is inspected.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private final ColumnsOption columns = new ColumnsOption();

    @Option(
            names = "--row-format",
            paramLabel = "NAME",
            converter = RowFormats.class,
            description = "Format of the rows (default: detected); an unknown name lists all formats.")
    private Optional<RowFormat> rows = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Hugging Face model directory, GGUF file, or a directory with a PEFT adapter.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--show",
            paramLabel = "N",
            description =
                    "Print the first N rows as tokens of --model, with its chat template; tokens that are trained on"
                            + " are in brackets.")
    private int show;

    @Option(
            names = "--turns",
            paramLabel = "WHICH",
            description = "Assistant turns to train on: last or all (default: ${DEFAULT-VALUE}).",
            defaultValue = "last")
    private Turns turns = Turns.LAST;

    @Option(
            names = "--apply-chat-template",
            description = "Render raw text with the chat template, as one user turn and one assistant turn.")
    private boolean textAsTurns;

    @Mixin
    private final TemplateOptions template = new TemplateOptions();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (show > 0 && model.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--show needs --model: a model directory with a tokenizer");
        }
        ReadOptions reading =
                columns.on(rows.map(ReadOptions.DEFAULT::withFormat).orElse(ReadOptions.DEFAULT));
        DataFiles given = DataFiles.of(files);
        given.remarks().forEach(remark -> spec.commandLine().getErr().println(remark));
        List<Map<String, Object>> documents = new ArrayList<>();
        String gap = "";
        for (Path file : given.files()) {
            Inspection inspection = Inspection.of(file, reading);
            List<TokenizedRows.Shown> shown = shown(file, reading);
            if (format.json()) {
                documents.add(document(inspection, shown));
            } else {
                PrintWriter out = spec.commandLine().getOut();
                out.print(gap + inspection.toText());
                shown.forEach(row -> out.print("\n" + row.toText()));
                gap = "\n";
            }
        }
        if (format.json()) {
            format.print(documents.size() == 1 ? documents.getFirst() : Map.of("files", documents));
        }
        return CommandLine.ExitCode.OK;
    }

    private List<TokenizedRows.Shown> shown(Path file, ReadOptions reading) {
        return model.filter(there -> show > 0)
                .map(there -> TokenizedRows.first(
                        show, file, reading, ModelOptions.present(there), template.choice(), turns, textAsTurns))
                .orElse(List.of());
    }

    private Map<String, Object> document(Inspection inspection, List<TokenizedRows.Shown> shown) {
        Map<String, Object> document = new LinkedHashMap<>(inspection.toMap());
        if (show > 0) {
            document.put("shown", shown.stream().map(TokenizedRows.Shown::toMap).toList());
        }
        return document;
    }
}
