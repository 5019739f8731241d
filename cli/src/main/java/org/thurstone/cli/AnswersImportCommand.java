package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurstone.data.Count;
import org.thurstone.elicit.exchange.AnswerImport;
import org.thurstone.elicit.ledger.FileLedger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thurstone answers import}: imports answers from a file into a run. */
@Command(
        name = "import",
        description = {
            "Import answers from a file into a run.",
            "The file is checked against the questions first, and is imported completely or not at all. Exit code 1,"
                    + " with file and line, for each row that cannot be imported, or if the run is in use."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone answers import runs/mine answered.jsonl",
            "  thurstone answers import runs/mine corrected.csv --replace"
        })
final class AnswersImportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "Run directory.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path run;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "Exported questions with answers filled in: .jsonl or .csv.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(names = "--replace", description = "Replace recorded answers that differ and that no stage has used yet.")
    private boolean replace;

    @Option(
            names = "--annotator",
            defaultValue = "",
            paramLabel = "NAME",
            description = "Annotator of rows that name none.")
    private String annotator = "";

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    /** The JSON document. */
    record Imported(AnswerImport.Summary imported, int open) {}

    @Override
    public Integer call() {
        try (FileLedger ledger = FileLedger.open(run)) {
            AnswerImport.Summary summary = new AnswerImport(ledger.run(), replace, annotator).read(file, ledger);
            int open = ledger.open().size();
            PrintWriter told = format.progress();
            told.println("%s imported, %d of them late; %d corrected, %d already known, %s empty"
                    .formatted(
                            Count.of(summary.taken(), "answer"),
                            summary.late(),
                            summary.corrected(),
                            summary.repeated(),
                            Count.of(summary.empty(), "row")));
            told.println(
                    open == 0
                            ? "no open questions: run the recipe again to resume"
                            : Count.of(open, "question still waits", "questions still wait"));
            if (format.json()) {
                format.print(new Imported(summary, open));
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
