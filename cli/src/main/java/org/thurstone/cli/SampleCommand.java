package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.thurstone.data.Count;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.endpoint.Cap;
import org.thurstone.endpoint.Chat;
import org.thurstone.loop.Progress;
import org.thurstone.worlds.language.sampling.EndpointSampling;
import org.thurstone.worlds.language.sampling.SampledCompletion;
import org.thurstone.worlds.language.sampling.SamplingJob;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone sample}: samples completions of prompts from a model, one per row. */
@Command(
        name = "sample",
        description = {
            "Sample completions of prompts from a model.",
            "Each completion is a row of --output in Thurstone's own format (a demonstration), with its log-probability"
                    + " (sum_log_prob) and the reason why it ended (finish: eos, stop or length). Empty completions are"
                    + " left out.",
            "Without --output, completions are printed.",
            "--model also takes a model behind an endpoint, {chat: {endpoint: openai, base-url: URL, model: NAME}}. Of the"
                    + " options of sampling, only those that are given are sent. Calls and answers are kept in the"
                    + " directory OUTPUT.calls: what was answered is not asked again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone sample --model models/mine --prompts prompts.jsonl \\",
            "      --n 8 --temperature 0.8 --output completions.jsonl",
            "  thurstone sample --model models/mine --prompt \"Once upon a time\"",
            "  thurstone sample --model '{chat: {endpoint: openai, base-url: \"http://localhost:8000/v1\", model: mine}}' \\",
            "      prompts.jsonl --n 4 --max-tokens 200 --output completions.jsonl"
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

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "The same as --prompts.")
        private Optional<Path> argument = Optional.empty();

        private Optional<Path> anyFile() {
            return file.or(() -> argument);
        }
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

    @Option(
            names = "--limit-cost",
            paramLabel = "AMOUNT",
            description = "For a model behind an endpoint: maximum cost, by the file of prices in its settings.")
    private Optional<Double> limitCost = Optional.empty();

    @Option(
            names = "--limit-calls",
            paramLabel = "N",
            description = "For a model behind an endpoint: maximum number of calls, failed ones included.")
    private Optional<Long> limitCalls = Optional.empty();

    @Option(
            names = "--dry-run",
            description = "For a model behind an endpoint: count calls and tokens, and send nothing.")
    private boolean dryRun;

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
        if (asked.anyFile().isEmpty() && asked.text.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--prompts or --prompt is missing: --prompts FILE or --prompt TEXT");
        }
        Optional<Chat> chat = model.chat();
        SamplingJob.Source source = asked.anyFile()
                .<SamplingJob.Source>map(
                        file -> new SamplingJob.Source.PromptFile(file, columns.on(ReadOptions.DEFAULT)))
                .orElseGet(() -> new SamplingJob.Source.RawText(asked.text.orElse("")));
        if (chat.isPresent()) {
            return remote(limited(sampling.on(chat.get())), source);
        }
        if (dryRun || limitCost.isPresent() || limitCalls.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--dry-run, --limit-cost and --limit-calls are for models behind an endpoint");
        }
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

    private Chat limited(Chat chat) {
        return Failures.usage(spec.commandLine(), () -> {
            Cap cap = chat.cap();
            cap = limitCost.isPresent() ? cap.withCost(limitCost.get()) : cap;
            cap = limitCalls.isPresent() ? cap.withCalls(limitCalls.get()) : cap;
            boolean seeded = spec.commandLine().getParseResult().hasMatchedOption("--seed");
            return chat.withCap(cap)
                    .withSampling(
                            OptionalDouble.empty(),
                            OptionalDouble.empty(),
                            OptionalInt.empty(),
                            List.of(),
                            seeded ? OptionalInt.of(Math.toIntExact(seed.seed())) : OptionalInt.empty());
        });
    }

    /** The JSON output of sampling behind an endpoint. */
    record RemoteDocument(
            long prompts,
            long answers,
            long empty,
            Map<String, Long> missing,
            long calls,
            long inputTokens,
            long outputTokens,
            double cost,
            Map<String, Long> models,
            List<Answer> completions) {}

    private Integer remote(Chat chat, SamplingJob.Source source) {
        EndpointSampling job = new EndpointSampling(chat, n);
        PrintWriter err = spec.commandLine().getErr();
        ConsoleProgress console = ConsoleProgress.of(err);
        Progress progress = console.clearingWhenDone();
        if (dryRun) {
            EndpointSampling.Estimate estimate = job.dryRun(source, progress);
            if (format.json()) {
                format.print(estimate);
            } else {
                spec.commandLine()
                        .getOut()
                        .printf(
                                Locale.ROOT,
                                "%s to %s for %s: about %,d tokens to read, and at most %,d to write%s. Nothing was sent.%n",
                                Count.of(estimate.calls(), "call"),
                                chat.title(),
                                Count.of(estimate.prompts(), "prompt"),
                                estimate.most().inputTokens(),
                                estimate.most().outputTokens(),
                                chat.price().isPresent()
                                        ? String.format(
                                                Locale.ROOT,
                                                ", at a cost of up to about %.2f",
                                                estimate.most().amount())
                                        : "");
            }
            return CommandLine.ExitCode.OK;
        }
        List<Answer> printed = new ArrayList<>();
        EndpointSampling.Totals totals;
        if (output.isPresent()) {
            Path calls = EndpointSampling.calls(output.get());
            try (Interruption said = Interruption.says(
                    console, err, () -> "stopped; run the same command again: answers are kept in " + calls)) {
                totals = job.write(source, progress, output.get());
            }
        } else if (format.json()) {
            totals = job.run(source, progress, completion -> printed.add(Answer.of(completion)));
        } else {
            totals = job.run(source, progress, this::print);
        }
        if (format.json()) {
            format.print(new RemoteDocument(
                    totals.prompts(),
                    totals.completions(),
                    totals.empty(),
                    totals.missing(),
                    totals.calls(),
                    totals.cost().inputTokens(),
                    totals.cost().outputTokens(),
                    totals.cost().amount(),
                    totals.models(),
                    printed));
            return CommandLine.ExitCode.OK;
        }
        if (totals.empty() > 0 && output.isPresent()) {
            err.println(Count.of(totals.empty(), "empty completion was left out", "empty completions were left out"));
        }
        totals.missing().forEach((reason, count) -> err.println(Count.of(count, "completion") + " missing: " + reason));
        err.printf(
                Locale.ROOT,
                "%s, %s, %s; %,d tokens read, %,d written%s; %.1f s%n",
                Count.of(totals.prompts(), "prompt"),
                Count.of(totals.completions(), "completion"),
                Count.of(totals.calls(), "call"),
                totals.cost().inputTokens(),
                totals.cost().outputTokens(),
                chat.price().isPresent()
                        ? String.format(
                                Locale.ROOT, ", cost %.4f", totals.cost().amount())
                        : "",
                totals.seconds());
        if (totals.models().size() > 1) {
            err.println("warning: more than one model answered: " + totals.models());
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(SampledCompletion completion) {
        PrintWriter to = spec.commandLine().getOut();
        to.println(completion.text().stripTrailing());
        to.printf(
                Locale.ROOT,
                "  [%s, %s%s]%n%n",
                completion.finish(),
                Count.of(completion.tokens(), "token"),
                Double.isNaN(completion.sumLogProb())
                        ? ""
                        : String.format(Locale.ROOT, ", log-probability %.2f", completion.sumLogProb()));
    }
}
