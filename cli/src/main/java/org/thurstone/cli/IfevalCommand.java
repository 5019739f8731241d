package org.thurstone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.data.Count;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.feedback.verifier.instruction.InstructedFile;
import org.thurstone.feedback.verifier.instruction.InstructedPrompt;
import org.thurstone.feedback.verifier.instruction.InstructedPrompt.Answer;
import org.thurstone.feedback.verifier.instruction.InstructionSummary;
import org.thurstone.model.sample.Sampling;
import org.thurstone.rank.summary.Interval;
import org.thurstone.report.Cell;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;
import org.thurstone.worlds.language.sampling.SampledCompletion;
import org.thurstone.worlds.language.sampling.SamplingJob;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone eval ifeval}: how well a model follows instructions that a program can check. */
@Command(
        name = "ifeval",
        description = {
            "Evaluate how well a model follows verifiable instructions.",
            "Reads prompts in IFEval's format (prompt, instruction_id_list, kwargs), and prints how many prompts and how"
                    + " many instructions are obeyed, strictly and loosely, with intervals, and by kind. Answers are"
                    + " sampled from --model, or read from --answers or from the rows themselves (answer, response,"
                    + " completion or output).",
            "With --model and --output, the answers are kept, and an interrupted command resumes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone eval ifeval prompts.jsonl --model models/mine --output answers.jsonl",
            "  thurstone eval ifeval prompts.jsonl --answers answers.jsonl",
            "  thurstone eval ifeval answered.jsonl --format json"
        })
final class IfevalCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Prompts with instructions, and possibly with answers.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description =
                    "Answers: rows with a prompt's key, id or prompt, and answer, response, completion or output.")
    private Optional<Path> answers = Optional.empty();

    @Option(names = "--model", paramLabel = "DIR", description = ModelOptions.MODEL + ".")
    private Optional<Path> model = Optional.empty();

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "Sampling temperature; 0 always takes the most likely token (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "512",
            description = "Maximum number of tokens per answer (default: ${DEFAULT-VALUE}).")
    private int maxTokens = 512;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Answers to sample in parallel; more are faster but need more memory (default:"
                    + " ${DEFAULT-VALUE}).")
    private int slots = 32;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write the sampled answers to: .jsonl or .jsonl.gz.")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (slots < 1) {
            throw new ParameterException(spec.commandLine(), "--batch-size must be at least 1");
        }
        if (model.isPresent() && answers.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--model samples answers and --answers reads them: give one of the two");
        }
        if (model.isEmpty() && output.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--output keeps the answers that are sampled: give --model, too");
        }
        List<InstructedPrompt> prompts = InstructedFile.prompts(file);
        if (model.isPresent()) {
            prompts = sampled(prompts, model.get());
        } else if (answers.isPresent()) {
            prompts = InstructedFile.answered(prompts, answers.get());
        } else if (prompts.stream().allMatch(prompt -> prompt.answer().isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "the rows of " + file + " have no answers: give --model DIR or --answers FILE");
        }
        InstructionSummary summary = InstructionSummary.of(prompts);
        if (format.json()) {
            format.print(summary);
        } else {
            spec.commandLine().getOut().print(text(summary));
        }
        return CommandLine.ExitCode.OK;
    }

    private List<InstructedPrompt> sampled(List<InstructedPrompt> prompts, Path from) {
        Sampling sampling = Failures.usage(spec.commandLine(), () -> Sampling.of(temperature, maxTokens));
        SamplingJob job = new SamplingJob(loading.directory(from), sampling, 1, slots, seed.seed());
        SamplingJob.Source source = new SamplingJob.Source.GivenPrompts(
                prompts.stream()
                        .map(prompt -> new Prompt(prompt.key(), Text.raw(prompt.prompt())))
                        .toList(),
                slots);
        ConsoleProgress console = ConsoleProgress.of(spec.commandLine().getErr());
        if (output.isPresent()) {
            try (Interruption said =
                    Interruption.ofRows(console, spec.commandLine().getErr(), output.get())) {
                job.write(source, console.clearingWhenDone(), output.get());
            }
            // Empty answers are not in the file.
            return InstructedFile.answered(
                    prompts.stream().map(InstructedPrompt::unanswered).toList(), output.get());
        }
        List<InstructedPrompt> answered = new ArrayList<>();
        job.run(
                source,
                console.clearingWhenDone(),
                completion -> answered.add(prompts.get(answered.size()).answered(answer(completion))));
        return answered;
    }

    private static Answer answer(SampledCompletion completion) {
        return new Answer(
                completion.text(),
                Optional.of(completion.demonstration().completion().finished()));
    }

    private static String text(InstructionSummary summary) {
        StringBuilder text = new StringBuilder(TerminalTable.of(
                        new org.thurstone.report.Table(
                                "Instructions obeyed, 95 % intervals",
                                "",
                                List.of(
                                        Column.text("level"),
                                        Column.number("number"),
                                        Column.number("strict"),
                                        Column.number("loose")),
                                List.of(
                                        row("prompt", summary.prompts(), summary.promptStrict(), summary.promptLoose()),
                                        row(
                                                "instruction",
                                                summary.instructions(),
                                                summary.instructionStrict(),
                                                summary.instructionLoose()))),
                        false))
                .append('\n')
                .append(TerminalTable.of(
                        new org.thurstone.report.Table(
                                "By kind",
                                "",
                                List.of(
                                        Column.text("kind"),
                                        Column.number("number"),
                                        Column.number("strict"),
                                        Column.number("loose")),
                                summary.kinds().stream()
                                        .map(k -> row(k.kind(), k.instructions(), k.strict(), k.loose()))
                                        .toList()),
                        false))
                .append('\n');
        summary.ended()
                .flatMap(Interval::value)
                .ifPresent(share ->
                        text.append("%.1f %% of the answers ended; the others were cut.%n".formatted(100 * share)));
        if (summary.unanswered() > 0) {
            text.append("%s no answer, which counts as disobeyed.%n"
                    .formatted(Count.of(summary.unanswered(), "prompt has", "prompts have")));
        }
        return text.toString();
    }

    private static List<Cell> row(String what, int number, Interval strict, Interval loose) {
        return List.of(Cell.text(what), Cell.count(number), strict.percent(), loose.percent());
    }
}
