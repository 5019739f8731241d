package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.thurstone.data.Count;
import org.thurstone.worlds.language.scoring.Scoring;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone score}: adds the log-probabilities of completions under a model to the rows of a file. */
@Command(
        name = "score",
        description = {
            "Add log-probabilities of completions under a model.",
            "Each row gets token_log_probs, the log-probabilities of its completion's tokens, and sum_log_prob, their"
                    + " sum. Rows have prompt and completion, or messages that end with the assistant's answer, or"
                    + " input_ids, of which every token after the first is scored. The end-of-text token of a finished"
                    + " completion counts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone score rows.jsonl --model models/mine --output scored.jsonl",
            "  thurstone score - --model models/mine --output - < rows.jsonl"
        })
final class ScoreCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Parameters(paramLabel = "FILE", description = "Rows to score; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Mixin
    private final ColumnsOption columns = new ColumnsOption();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "File to write: .jsonl or .jsonl.gz; - for standard output.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path output;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines. */
    record Document(long rows, long tokens, double sumLogProb, double tokensPerSecond) {}

    private Scoring.Total write(Path in) {
        PrintWriter err = spec.commandLine().getErr();
        ConsoleProgress progress = ConsoleProgress.of(err);
        try (Interruption said = Interruption.ofRows(progress, err, output)) {
            return Scoring.write(in, columns.columns(), model.directory(), output, progress);
        }
    }

    @Override
    public Integer call() {
        if (format.json() && Pipe.standard(output)) {
            throw new ParameterException(spec.commandLine(), Pipe.BOTH);
        }
        long begin = System.nanoTime();
        Scoring.Total total = Pipe.reading(
                file,
                System.in,
                in -> Pipe.standard(output)
                        ? Pipe.writing(
                                output,
                                spec.commandLine().getOut(),
                                rows -> Scoring.of(in, columns.columns(), model.directory(), rows))
                        : write(in));
        double seconds = (System.nanoTime() - begin) * 1e-9;
        Document document = new Document(total.rows(), total.tokens(), total.sumLogProb(), total.tokens() / seconds);
        if (format.json()) {
            format.print(document);
        } else {
            PrintWriter told = Pipe.standard(output)
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            told.printf(
                    Locale.ROOT,
                    "%s, %s scored, mean log-probability per token %.4f; %.1f s%n",
                    Count.of(document.rows(), "row"),
                    Count.of(document.tokens(), "token"),
                    document.tokens() == 0 ? 0 : document.sumLogProb() / document.tokens(),
                    seconds);
        }
        return CommandLine.ExitCode.OK;
    }
}
