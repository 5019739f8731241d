package org.thurstone.model.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.WeightShapes;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Transformers in directories of Hugging Face's layout: config.json, model.safetensors (or shards), and the tokenizer's files. */
public final class Transformers {

    /** Other files of the directory, which are copied without being read. */
    private static final List<String> COMPANIONS = List.of(
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "tokenizer.model",
            "vocab.json",
            "vocab.txt",
            "merges.txt",
            "chat_template.jinja",
            "chat_template.json",
            "README.md",
            "LICENSE");

    private Transformers() {}

    /**
     * Loads a model to train; from a directory with an adapter of PEFT, that adapter on its base.
     *
     * @throws UserError if something is missing, of the wrong shape, or of an unknown family; all faults of the weights in one message
     */
    public static Transformer load(Path directory, LoadOptions options) {
        if (Adapters.only(directory)) {
            return Adapters.load(directory, options);
        }
        TransformerConfig config = config(directory);
        Parameters weights = weights(directory, config, options);
        return options.products().isPresent()
                ? new Transformer(
                        config,
                        weights,
                        options.checkpointing(),
                        options.products().get())
                : new Transformer(config, weights, options.checkpointing());
    }

    /** The configuration in a directory's config.json. */
    public static TransformerConfig config(Path directory) {
        return Families.read(ConfigJson.of(directory));
    }

    /**
     * What the text of a config.json says: the way to a model with fresh weights.
     *
     * @param name of the configuration, for messages
     */
    public static TransformerConfig config(String name, String json) {
        return Families.read(ConfigJson.of(name, json));
    }

    private static Parameters weights(Path directory, TransformerConfig config, LoadOptions options) {
        SequencedMap<String, long[]> shapes = WeightShapes.shapes(config);
        Parameters parameters = new Parameters();
        try (WeightFiles files = WeightFiles.open(directory)) {
            Set<String> tied = config.tied() ? Set.of(config.names().head()) : Set.of();
            Map<String, String> found = files.match(shapes, config.names().prefix(), tied);
            shapes.keySet().forEach(name -> {
                try (Scope scope = Scope.open()) {
                    String there = found.getOrDefault(name, name);
                    Tensor weight = WeightFiles.finite(
                            directory, name, files.read(there).to(options.type()));
                    parameters.add(name, weight.to(options.device()), true);
                }
            });
            return parameters;
        } catch (TensorFileError e) {
            parameters.close();
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    /**
     * Saves a model so that Python's transformers loads it; of a model with an adapter, the adapter, for PEFT. Each file appears whole or
     * not at all.
     *
     * @throws UserError if the directory cannot be written
     */
    public static void save(Transformer policy, Path directory) {
        save(policy, directory, OptionalLong.empty());
    }

    /** The same with the weights in files of at most so many bytes of tensors each, or in one. */
    static void save(Transformer policy, Path directory, OptionalLong maxShardBytes) {
        TransformerConfig config = policy.config();
        if (policy.lora().isPresent()) {
            Adapters.save(policy, policy.lora().get(), directory);
            return;
        }
        try {
            Disk.createDirectories(directory);
            Shards.write(policy.parameters().all(), directory, maxShardBytes);
            companions(config, directory);
            AtomicFile.write(directory.resolve("config.json"), json(config, type(policy)));
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }

    private static DType type(Transformer policy) {
        return policy.parameters().get(policy.config().names().embedding()).type();
    }

    /** The original, but for the type that the weights have now. */
    private static String json(TransformerConfig config, DType type) {
        String name = switch (type) {
            case FLOAT64 -> "float64";
            case BFLOAT16 -> "bfloat16";
            case FLOAT16 -> "float16";
            default -> "float32";
        };
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = (ObjectNode) mapper.readTree(config.source().json());
        String key = root.has("torch_dtype") ? "torch_dtype" : "dtype";
        if (name.equals(root.path(key).asString(""))) {
            return config.source().json();
        }
        root.put(key, name);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    static void companions(TransformerConfig config, Path directory) {
        config.source().texts().ifPresent(texts -> texts.save(COMPANIONS, directory));
    }
}
