package org.thurstone.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.thurstone.data.UserError;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Torch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which model, and how it is held: options for commands to mix in. */
final class ModelOptions {

    private static final Map<String, DType> TYPES = Map.of(
            "float32", DType.FLOAT32,
            "bf16", DType.BFLOAT16,
            "bfloat16", DType.BFLOAT16,
            "float64", DType.FLOAT64);

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "DIR",
            description = "A Hugging Face model directory, or one with an adapter of PEFT.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path policy;

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Option(
            names = "--dtype",
            defaultValue = "float32",
            description = "What to compute in: float32, bf16 or float64 (default: ${DEFAULT-VALUE}).")
    private String type = "float32";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec command;

    Path directory() {
        return policy;
    }

    /** The weights alone: for those who have tokens. */
    Policy policy() {
        Policy loaded = Transformers.load(present(policy), options());
        Torch.suit(loaded.parameters().count());
        return loaded;
    }

    LanguageModel model() {
        LanguageModel loaded = LanguageModel.load(present(policy), options());
        Torch.suit(loaded.policy().parameters().count());
        return loaded;
    }

    /** The tokenizer and template of the directory around its policy, where these were not needed before. */
    LanguageModel around(Policy loaded) {
        return new LanguageModel(loaded, Tokenizer.load(policy), ChatTemplate.load(policy, Clock.systemUTC()));
    }

    /** The directory that {@code --policy} names, if it is one. */
    static Path present(Path policy) {
        if (!Files.isDirectory(policy)) {
            throw new UserError("there is no model directory " + policy
                    + ": --policy takes a directory with config.json and model.safetensors");
        }
        return policy;
    }

    private LoadOptions options() {
        DType known = TYPES.get(type);
        if (known == null) {
            throw new ParameterException(
                    command.commandLine(), "\"" + type + "\" is no --dtype: say float32, bf16 or float64");
        }
        return new LoadOptions(known, device(command, device), LoadOptions.DEFAULT.checkpointing());
    }

    /** Reads what {@code --device} says; what is no device, or not there, is wrong usage. */
    static Device device(CommandSpec command, String text) {
        try {
            return Device.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
