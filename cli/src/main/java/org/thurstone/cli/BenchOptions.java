package org.thurstone.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.thurstone.cli.bench.FreshModel;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Torch;
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

    long seed() {
        return seed;
    }

    Optional<Path> directory() {
        return policy;
    }

    LanguageModel model() {
        LanguageModel model = LanguageModel.load(
                ModelOptions.present(policy.orElseThrow()),
                new LoadOptions(DType.FLOAT32, ModelOptions.device(command, device), false));
        suit(model.policy());
        return model;
    }

    Policy fresh(RandomGenerator random) {
        FreshModel fresh;
        try {
            fresh = new FreshModel(vocabulary);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
        Device on = ModelOptions.device(command, device);
        Policy made = fresh.make(random, on);
        suit(made);
        return made;
    }

    private void suit(Policy made) {
        if (threads.isPresent()) {
            if (threads.get() < 1) {
                throw new ParameterException(command.commandLine(), "--threads has to be at least 1");
            }
            Torch.threads(threads.get());
        } else {
            Torch.suit(made.parameters().count());
        }
    }
}
