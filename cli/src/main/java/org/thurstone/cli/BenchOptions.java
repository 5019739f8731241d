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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of benchmarks: the model, the device, threads and the seed. */
final class BenchOptions {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Hugging Face model directory or GGUF file (default: a Llama with random weights).")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--vocabulary",
            defaultValue = "32000",
            paramLabel = "N",
            description = "Vocabulary size of the model with random weights (default: ${DEFAULT-VALUE}).")
    private int vocabulary = 32_000;

    @Mixin
    private final DeviceOption device = new DeviceOption();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads per operation (default: chosen by the size of the model).")
    private Optional<Integer> threads = Optional.empty();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    SplittableGenerator random() {
        return new Seeds(seed.seed()).of("bench");
    }

    /** The directory that {@code --model} names; empty where it is not given. */
    Optional<BenchModel.OnDisk> onDisk() {
        return model.map(ModelOptions::present)
                .map(there -> new BenchModel.OnDisk(new ModelDirectory(there, load(), threads())));
    }

    /** The model to time. */
    BenchModel model() {
        return onDisk().<BenchModel>map(there -> there).orElseGet(() -> {
            RandomModel shape = Failures.usage(command.commandLine(), () -> new RandomModel(vocabulary));
            return new BenchModel.Random(shape, load(), threads());
        });
    }

    private LoadOptions load() {
        return device.load();
    }

    private OptionalInt threads() {
        if (threads.isPresent() && threads.get() < 1) {
            throw usage("--threads must be at least 1");
        }
        return threads.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
