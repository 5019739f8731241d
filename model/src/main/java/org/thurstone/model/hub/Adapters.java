package org.thurstone.model.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.model.transformer.Lora;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** LoRA adapters in PEFT's files: adapter_config.json and adapter_model.safetensors. */
final class Adapters {

    private static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";

    /** Keys that put an adapter elsewhere than on all layers, or train more than it. */
    private static final List<String> ELSEWHERE = List.of(
            "modules_to_save",
            "layers_to_transform",
            "target_parameters",
            "layer_replication",
            "trainable_token_indices",
            "exclude_modules",
            "alora_invocation_tokens");

    private Adapters() {}

    /** Whether a directory has an adapter and no model. */
    static boolean only(Path directory) {
        return Files.exists(directory.resolve(CONFIG)) && !Files.exists(directory.resolve("config.json"));
    }

    /** An adapter on the base that its configuration names, which has to be a directory here. */
    static Transformer load(Path directory, LoadOptions options) {
        Path base = base(directory);
        AdapterBase.requireSame(directory, base);
        return attach(Transformers.load(base, options), directory);
    }

    /** The directory of the base model that an adapter names. */
    static Path base(Path directory) {
        ConfigJson config = ConfigJson.read(directory.resolve(CONFIG));
        String name = config.text("base_model_name_or_path");
        Path base = directory.resolveSibling(name);
        if (!ModelFiles.isPresent(base)) {
            base = Path.of(name);
        }
        if (!ModelFiles.isPresent(base)) {
            throw config.wrong(
                    "base_model_name_or_path",
                    "is \"" + name
                            + "\", which is not a directory on this machine: change it to the directory of the base"
                            + " model");
        }
        return base;
    }

    static ModelInfo.AdapterInfo info(Path directory) {
        Lora lora = lora(directory);
        return new ModelInfo.AdapterInfo(base(directory).toString(), lora.rank(), lora.alpha(), lora.targets());
    }

    /**
     * Puts a saved adapter on a model, whose weights it takes over, frozen.
     *
     * @throws UserError if the adapter is of another kind than LoRA, or does not fit the model
     */
    public static Transformer attach(Transformer base, Path directory) {
        Lora lora = lora(directory);
        SequencedMap<String, long[]> shapes = shapes(directory, lora, base.config());
        try (SafeTensors file = SafeTensors.open(directory.resolve(WEIGHTS))) {
            check(directory.resolve(WEIGHTS), file, shapes);
            // Every value is overwritten below, so the draw does not matter.
            Transformer adapted = base.adapt(
                    lora, RandomGeneratorFactory.of("L64X128MixRandom").create(0));
            for (String name : shapes.keySet()) {
                try (Scope scope = Scope.open();
                        Gradients off = Gradients.off()) {
                    Tensor parameter = adapted.parameters().get(name);
                    Tensor weight = WeightFiles.finite(
                            directory.resolve(WEIGHTS), name, file.tensor(name).to(parameter.type()));
                    parameter.copy_(weight.to(parameter.device()));
                }
            }
            return adapted;
        } catch (TensorFileError e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    /** What an adapter's configuration says. */
    static Lora lora(Path directory) {
        return read(ConfigJson.read(directory.resolve(CONFIG)));
    }

    /** The shapes of the matrices that an adapter needs for a model. */
    static SequencedMap<String, long[]> shapes(Path directory, Lora lora, TransformerConfig config) {
        try {
            return lora.shapes(config);
        } catch (IllegalArgumentException e) {
            throw new UserError(directory.resolve(CONFIG) + ": " + e.getMessage(), e);
        }
    }

    static void check(Path path, SafeTensors file, SequencedMap<String, long[]> shapes) {
        List<String> faults = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            if (!file.has(name)) {
                faults.add(name + " " + Arrays.toString(shape) + " is missing");
            } else if (!Arrays.equals(file.shape(name), shape)) {
                faults.add(name + " is " + Arrays.toString(file.shape(name)) + ", for this model it would be "
                        + Arrays.toString(shape));
            }
        });
        file.names().stream().filter(n -> !shapes.containsKey(n)).forEach(n -> faults.add(n + " is not expected"));
        if (!faults.isEmpty()) {
            String more = faults.size() > 8 ? " and " + (faults.size() - 8) + " more" : "";
            throw new UserError("the adapter " + path + " does not fit the model: "
                    + String.join("; ", faults.subList(0, Math.min(8, faults.size()))) + more);
        }
    }

    private static Lora read(ConfigJson config) {
        if (!config.text("peft_type").equals("LORA")) {
            throw config.wrong("peft_type", "is \"" + config.text("peft_type") + "\"; only LORA can be read");
        }
        for (String key : List.of("use_dora", "lora_bias", "use_qalora")) {
            if (config.flag(key, false)) {
                throw config.wrong(key, "is true; only plain LoRA can be read");
            }
        }
        for (String key : List.of("rank_pattern", "alpha_pattern")) {
            if (config.object(key).map(o -> !o.keys().isEmpty()).orElse(false)) {
                throw config.wrong(key, "is not empty; only one rank and alpha for all targets can be read");
            }
        }
        for (String key : ELSEWHERE) {
            if (config.has(key)) {
                throw config.wrong(key, "is set; only adapters on all layers and nothing else can be read");
            }
        }
        if (!config.text("bias", "none").equals("none")) {
            throw config.wrong("bias", "is \"" + config.text("bias") + "\"; only adapters without biases can be read");
        }
        if (config.isText("target_modules") && !config.text("target_modules").equals("all-linear")) {
            throw config.wrong("target_modules", "is a pattern; write a list of names or \"all-linear\"");
        }
        List<String> targets = config.isText("target_modules") ? List.of() : config.texts("target_modules");
        return new Lora(config.count("r"), config.number("lora_alpha"), targets, config.flag("use_rslora", false));
    }

    /** Writes the adapter alone. */
    static void save(Transformer policy, Lora lora, Path directory) {
        try {
            Disk.createDirectories(directory);
            Map<String, Tensor> weights = new LinkedHashMap<>();
            lora.shapes(policy.config())
                    .keySet()
                    .forEach(name -> weights.put(name, policy.parameters().get(name)));
            SafeTensors.write(directory.resolve(WEIGHTS), weights, Map.of("format", "pt"));
            Transformers.companions(policy.config(), directory);
            AtomicFile.write(directory.resolve(CONFIG), json(policy, lora));
            policy.config().source().texts().ifPresent(texts -> AdapterBase.record(directory, texts.model()));
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }

    private static String json(Transformer policy, Lora lora) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("peft_type", "LORA");
        root.put("task_type", "CAUSAL_LM");
        policy.config()
                .source()
                .texts()
                .ifPresent(t -> root.put("base_model_name_or_path", t.model().toString()));
        root.put("r", lora.rank());
        root.put("lora_alpha", lora.alpha());
        root.put("lora_dropout", 0.0);
        root.put("use_rslora", lora.rankStabilised());
        root.put("bias", "none");
        root.put("fan_in_fan_out", policy.config().transposed());
        root.put("inference_mode", true);
        if (lora.targets().isEmpty()) {
            root.put("target_modules", "all-linear");
        } else {
            ArrayNode targets = root.putArray("target_modules");
            lora.targets().forEach(targets::add);
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
