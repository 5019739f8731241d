package org.thurstone.cli;

import java.util.concurrent.Callable;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.bench.SampleBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thurstone bench sample}: times sampling. */
@Command(
        name = "sample",
        description = {
            "Time sampling.",
            "Completions are sampled for random prompts, and none ends early. Without --model, the model is a Llama with random weights."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone bench sample",
            "  thurstone bench sample --model models/mine --batch-size 16 --completion-tokens 128"
        })
final class BenchSampleCommand implements Callable<Integer> {

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(
            names = "--batch-size",
            defaultValue = "16",
            paramLabel = "N",
            description = "Completions to sample in parallel (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(
            names = "--prompt-tokens",
            defaultValue = "64",
            paramLabel = "N",
            description = "Tokens per prompt (default: ${DEFAULT-VALUE}).")
    private int prompt = 64;

    @Option(
            names = "--completion-tokens",
            defaultValue = "128",
            paramLabel = "N",
            description = "Tokens per completion (default: ${DEFAULT-VALUE}).")
    private int fresh = 128;

    @Option(
            names = "--rounds",
            defaultValue = "4",
            paramLabel = "N",
            description = "Measurements; the first is not counted (default: ${DEFAULT-VALUE}).")
    private int rounds = 4;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        SampleBench bench = Failures.usage(spec.commandLine(), () -> new SampleBench(batch, prompt, fresh, rounds));
        SplittableGenerator random = options.random();
        format.printFigures(options.model().with(random, policy -> bench.run(policy, random)));
        return CommandLine.ExitCode.OK;
    }
}
