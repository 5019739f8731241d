package org.thurstone.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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

/** {@code thurstone data inspect}: what is in a file, before anything is trained on it. */
@Command(
        name = "inspect",
        description = {
            "Show what a file of examples contains.",
            "Prints kinds, counts, lengths, ties, duplicates, contradictions and bad rows by line. The file is"
                    + " streamed: its size does not matter."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone data inspect pairs.jsonl.gz",
            "  thurstone data inspect votes.csv --format json",
            "  thurstone data inspect chats.jsonl --model DIR --show 3",
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

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Hugging Face model directory, or a directory with a PEFT adapter.")
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
            description = "Answers of a conversation that are trained on: last or all (default: ${DEFAULT-VALUE}).",
            defaultValue = "last")
    private Turns turns = Turns.LAST;

    @Option(
            names = "--apply-chat-template",
            description = "Render raw text by the chat template, as a turn of the user and one of the assistant.")
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
        ReadOptions reading = rows.map(ReadOptions.DEFAULT::withFormat).orElse(ReadOptions.DEFAULT);
        Inspection inspection = Inspection.of(file, reading);
        List<TokenizedRows.Shown> shown = model.filter(there -> show > 0)
                .map(there -> TokenizedRows.first(
                        show, file, reading, ModelOptions.present(there), template.choice(), turns, textAsTurns))
                .orElse(List.of());
        if (format.json()) {
            Map<String, Object> document = new LinkedHashMap<>(inspection.toMap());
            if (show > 0) {
                document.put(
                        "shown", shown.stream().map(TokenizedRows.Shown::toMap).toList());
            }
            format.print(document);
        } else {
            spec.commandLine().getOut().print(inspection.toText());
            shown.forEach(row -> spec.commandLine().getOut().print("\n" + row.toText()));
        }
        return CommandLine.ExitCode.OK;
    }
}
