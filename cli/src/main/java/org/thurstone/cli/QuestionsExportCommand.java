package org.thurstone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurstone.data.Count;
import org.thurstone.elicit.exchange.QuestionExport;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.loop.run.Seeds;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone questions export}: writes the open questions of a run to a file. */
@Command(
        name = "export",
        description = {
            "Write the open questions of a run to a file.",
            "Rows are in random order and show no scores or sources. Fill in preference (left, right, tie or"
                    + " both-bad), or a grade with its scale, or a probability; optionally rationale and annotator; skip"
                    + " to abstain. Then import the file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone questions export runs/mine --output ask.jsonl",
            "  thurstone questions export runs/mine --output ask.csv"
        })
final class QuestionsExportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "Run directory.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path run;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "File to write: .jsonl, or .csv for a spreadsheet.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path output;

    @Option(
            names = "--people",
            defaultValue = "",
            paramLabel = "GROUP",
            description = "Group of people whose questions are written, if the recipe names several.")
    private String people = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (FileLedger ledger = FileLedger.open(run)) {
            int written = new QuestionExport(ledger.run(), people)
                    .write(ledger, output, new Seeds(0).of("questions " + ledger.run()));
            spec.commandLine()
                    .getOut()
                    .println(Count.of(written, "question") + " written to " + output
                            + (written == 0 ? "" : "; next: thurstone answers import " + run + " " + output));
        }
        return CommandLine.ExitCode.OK;
    }
}
