package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.data.Count;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.loop.Progress;
import org.thurstone.worlds.language.sampling.SampledCompletion;
import org.thurstone.worlds.language.sampling.SamplingJob;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thurstone sample}: samples completions of prompts from a model, one per row. */
@Command(
        name = "sample",
        description = {
            "Sample completions of prompts from a model.",
            "Each completion is a row of --output in Thurstone's own format (a demonstration), with its log-probability"
                    + " (sum_log_prob) and the reason why it ended (finish: eos, stop or length). Empty completions are"
                    + " left out.",
            "Without --output, completions are printed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone sample --model models/mine --prompts prompts.jsonl \\",
            "      --n 8 --temperature 0.8 --output completions.jsonl",
            "  thurstone sample --model models/mine --prompt \"Once upon a time\""
        })
final class SampleCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @ArgGroup(multiplicity = "1")
    private PromptOptions asked = new PromptOptions();

    /** The prompts: a file or a text. */
    static final class PromptOptions {
        @Option(
                names = "--prompts",
                paramLabel = "FILE",
                description =
                        "File of prompts: rows with prompt or messages. Of training examples, only the prompts are"
                                + " used.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--prompt", paramLabel = "TEXT", description = "A single prompt, as raw text.")
        private Optional<String> text = Optional.empty();
    }

    @Mixin
    private final ColumnsOption columns = new ColumnsOption();

    @Option(
            names = "--n",
            paramLabel = "N",
            defaultValue = "1",
            description = "Completions per prompt (default: ${DEFAULT-VALUE}).")
    private int n = 1;

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Completions to sample in parallel; more are faster but need more memory (default:"
                    + " ${DEFAULT-VALUE}).")
    private int slots = 32;

    @Option(names = "--output", paramLabel = "FILE", description = "File to write: .jsonl or .jsonl.gz.")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** A completion in the JSON output. */
    record Answer(String promptId, String completion, String finish, int tokens, double sumLogProb) {
        static Answer of(SampledCompletion c) {
            return new Answer(c.demonstration().prompt().id(), c.text(), c.finish(), c.tokens(), c.sumLogProb());
        }
    }

    /** The JSON output; it contains the completions if there is no {@code --output}. */
    record Document(
            long prompts, long answers, long empty, long tokens, double tokensPerSecond, List<Answer> completions) {
        static Document of(SamplingJob.Totals totals, List<Answer> printed) {
            return new Document(
                    totals.prompts(),
                    totals.completions(),
                    totals.empty(),
                    totals.tokens(),
                    totals.tokensPerSecond(),
                    printed);
        }
    }

    @Override
    public Integer call() {
        if (n < 1 || slots < 1) {
            throw new ParameterException(spec.commandLine(), "--n and --batch-size must be at least 1");
        }
        if (asked.file.isEmpty() && asked.text.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--prompts or --prompt is missing: --prompts FILE or --prompt TEXT");
        }
        SamplingJob.Source source = asked.file
                .<SamplingJob.Source>map(
                        file -> new SamplingJob.Source.PromptFile(file, columns.on(ReadOptions.DEFAULT)))
                .orElseGet(() -> new SamplingJob.Source.RawText(asked.text.orElse("")));
        SamplingJob job = new SamplingJob(model.directory(), sampling.sampling(), n, slots, seed.seed());
        PrintWriter err = spec.commandLine().getErr();
        ConsoleProgress console = ConsoleProgress.of(err);
        Progress progress = console.clearingWhenDone();
        List<Answer> printed = new ArrayList<>();
        SamplingJob.Totals totals;
        if (output.isPresent()) {
            try (Interruption said = Interruption.ofRows(console, err, output.get())) {
                totals = job.write(source, progress, output.get());
            }
            if (totals.empty() > 0) {
                err.println(
                        Count.of(totals.empty(), "empty completion was left out", "empty completions were left out"));
            }
        } else if (format.json()) {
            totals = job.run(source, progress, completion -> printed.add(Answer.of(completion)));
        } else {
            totals = job.run(source, progress, this::print);
        }
        if (format.json()) {
            format.print(Document.of(totals, printed));
        } else {
            err.printf(
                    Locale.ROOT,
                    "%s, %s, %s; %.1f s, %,.0f tokens/s%n",
                    Count.of(totals.prompts(), "prompt"),
                    Count.of(totals.completions(), "completion"),
                    Count.of(totals.tokens(), "token"),
                    totals.seconds(),
                    totals.tokensPerSecond());
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(SampledCompletion completion) {
        PrintWriter to = spec.commandLine().getOut();
        to.println(completion.text().stripTrailing());
        to.printf(
                Locale.ROOT,
                "  [%s, %s, log-probability %.2f]%n%n",
                completion.finish(),
                Count.of(completion.tokens(), "token"),
                completion.sumLogProb());
    }
}
