package org.thurstone.cli;

import java.util.concurrent.Callable;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.bench.SampleBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thurstone bench sample}: the speed of sampling. */
@Command(
        name = "sample",
        description = {
            "Time sampling: so many answers at a time to random prompts, none ending early; print JSON figures.",
            "Without --policy the model is a Llama of random weights."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone bench sample",
            "  thurstone bench sample --policy models/mine --batch 16 --prompt 64 --new 128"
        })
final class BenchSampleCommand implements Callable<Integer> {

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(names = "--batch", defaultValue = "16", description = "Answers at a time (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(names = "--prompt", defaultValue = "64", description = "Tokens of a prompt (default: ${DEFAULT-VALUE}).")
    private int prompt = 64;

    @Option(names = "--new", defaultValue = "128", description = "Tokens of an answer (default: ${DEFAULT-VALUE}).")
    private int fresh = 128;

    @Option(
            names = "--rounds",
            defaultValue = "4",
            description = "Rounds to make; the first is not counted (default: ${DEFAULT-VALUE}).")
    private int rounds = 4;

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        SampleBench bench;
        try {
            bench = new SampleBench(batch, prompt, fresh, rounds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        SplittableGenerator random = options.random();
        json.print(options.model().with(random, policy -> bench.run(policy, random)));
        return CommandLine.ExitCode.OK;
    }
}
