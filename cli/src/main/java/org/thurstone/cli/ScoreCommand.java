package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.thurstone.worlds.language.scoring.Scoring;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thurstone score}: how probable a model finds what is in a file. */
@Command(
        name = "score",
        description = {
            "Add to each row the log-probabilities of its completion's tokens: token_log_probs, and their sum, sum_log_prob.",
            "Rows have prompt and completion, or messages that end with the assistant's answer, or input_ids, of which every",
            "token after the first is scored. A finished completion's end-of-text token counts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone score --policy models/mine --input rows.jsonl --out scored.jsonl",
            "  thurstone score --policy models/mine --input - --out - < rows.jsonl"
        })
final class ScoreCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "Rows to score; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path input;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the same rows go, scored; - for standard output.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path out;

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines. */
    record Document(long rows, long tokens, double sumLogProb, double tokensPerSecond) {}

    @Override
    public Integer call() {
        if (json.wanted() && Pipe.standard(out)) {
            throw new ParameterException(
                    spec.commandLine(), "--json and --out - both want standard output: name a file for --out");
        }
        long begin = System.nanoTime();
        Scoring.Total total = Pipe.reading(
                input,
                System.in,
                in -> Pipe.writing(out, spec.commandLine().getOut(), rows -> Scoring.of(in, model.directory(), rows)));
        double seconds = (System.nanoTime() - begin) * 1e-9;
        Document document = new Document(total.rows(), total.tokens(), total.sumLogProb(), total.tokens() / seconds);
        if (json.wanted()) {
            json.print(document);
        } else {
            PrintWriter told = Pipe.standard(out)
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            told.printf(
                    Locale.ROOT,
                    "%,d rows, %,d tokens scored, mean log-probability of a token %.4f; %.1f s%n",
                    document.rows(),
                    document.tokens(),
                    document.tokens() == 0 ? 0 : document.sumLogProb() / document.tokens(),
                    seconds);
        }
        return CommandLine.ExitCode.OK;
    }
}
