package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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

/** {@code thurstone sample}: answers of a model, a row each. */
@Command(
        name = "sample",
        description = {
            "Let a model answer prompts. Each answer is a row of --out, in Thurstone's own form (a demonstration), with its",
            "log-probability, sum_log_prob, and why it ended, finish: eos, stop or length; empty answers are left out. Without --out, answers are printed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone sample --policy models/mine --prompts prompts.jsonl --n 8 --temperature 0.8 --out completions.jsonl",
            "  thurstone sample --policy models/mine --prompt \"Once upon a time\" --max-tokens 40"
        })
final class SampleCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @ArgGroup(multiplicity = "1")
    private Asked asked = new Asked();

    /** What is asked: a file or a text. */
    static final class Asked {
        @Option(
                names = "--prompts",
                paramLabel = "FILE",
                description = "Rows with prompt or messages; files of examples will do as well, for their prompts.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--prompt", paramLabel = "TEXT", description = "One prompt, raw text.")
        private Optional<String> text = Optional.empty();
    }

    @Option(names = "--n", defaultValue = "1", description = "Answers to each prompt (default: ${DEFAULT-VALUE}).")
    private int n = 1;

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Option(names = "--seed", defaultValue = "0", description = "Of all that is drawn (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--slots",
            defaultValue = "32",
            description = "Answers at a time; more are faster and take more memory (default: ${DEFAULT-VALUE}).")
    private int slots = 32;

    @Option(names = "--out", paramLabel = "FILE", description = "A .jsonl or .jsonl.gz file.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** An answer for machines. */
    record Answer(String promptId, String completion, String finish, int tokens, double sumLogProb) {
        static Answer of(SampledCompletion c) {
            return new Answer(c.demonstration().prompt().id(), c.text(), c.finish(), c.tokens(), c.sumLogProb());
        }
    }

    /** The document for machines; the answers are in it where there is no file. */
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
            throw new ParameterException(spec.commandLine(), "--n and --slots have to be at least 1");
        }
        if (asked.file.isEmpty() && asked.text.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Say what is asked: --prompts=FILE or --prompt=TEXT");
        }
        SamplingJob.Source source = asked.file
                .<SamplingJob.Source>map(SamplingJob.Source.PromptFile::new)
                .orElseGet(() -> new SamplingJob.Source.RawText(asked.text.orElse("")));
        SamplingJob job = new SamplingJob(model.directory(), sampling.sampling(), n, slots, seed);
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = ConsoleProgress.of(err).clearingWhenDone();
        List<Answer> printed = new ArrayList<>();
        SamplingJob.Totals totals;
        if (out.isPresent()) {
            totals = job.write(source, progress, out.get());
            if (totals.empty() > 0) {
                err.printf("%d of the answers are empty, and were left out%n", totals.empty());
            }
        } else if (json.wanted()) {
            totals = job.run(source, progress, completion -> printed.add(Answer.of(completion)));
        } else {
            totals = job.run(source, progress, this::print);
        }
        if (json.wanted()) {
            json.print(Document.of(totals, printed));
        } else {
            err.printf(
                    Locale.ROOT,
                    "%,d prompts, %,d answers, %,d tokens; %.1f s, %,.0f tokens/s%n",
                    totals.prompts(),
                    totals.completions(),
                    totals.tokens(),
                    totals.seconds(),
                    totals.tokensPerSecond());
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(SampledCompletion completion) {
        PrintWriter to = spec.commandLine().getOut();
        to.println(completion.text().strip());
        to.printf(
                Locale.ROOT,
                "  [%s, %d tokens, log-probability %.2f]%n%n",
                completion.finish(),
                completion.tokens(),
                completion.sumLogProb());
    }
}
