package org.thurstone.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.bench.BenchModel;
import org.thurstone.model.bench.RandomModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.ModelDirectory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is timed, and on what: options for benchmarks of models to mix in. */
final class BenchOptions {

    @Option(names = "--policy", paramLabel = "DIR", description = "A Hugging Face model directory.")
    private Optional<Path> policy = Optional.empty();

    @Option(
            names = "--vocabulary",
            defaultValue = "32000",
            description = "Tokens of the model that is made where there is no --policy (default: ${DEFAULT-VALUE}).")
    private int vocabulary = 32_000;

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of an operation; as many as suit the model unless said.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--seed", defaultValue = "0", description = "Of all that is random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    SplittableGenerator random() {
        return new Seeds(seed).of("bench");
    }

    /** The directory that {@code --policy} names; empty where it is not given. */
    Optional<BenchModel.OnDisk> onDisk() {
        return policy.map(ModelOptions::present)
                .map(there -> new BenchModel.OnDisk(new ModelDirectory(there, load(), threads())));
    }

    /** The model to time. */
    BenchModel model() {
        return onDisk().<BenchModel>map(there -> there).orElseGet(() -> {
            RandomModel shape;
            try {
                shape = new RandomModel(vocabulary);
            } catch (IllegalArgumentException e) {
                throw usage(String.valueOf(e.getMessage()));
            }
            return new BenchModel.Random(shape, load(), threads());
        });
    }

    private LoadOptions load() {
        return ModelOptions.on(command, device);
    }

    private OptionalInt threads() {
        if (threads.isPresent() && threads.get() < 1) {
            throw usage("--threads has to be at least 1");
        }
        return threads.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
