package org.thurstone.model.hub;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufPaths;
import org.thurstone.model.files.ModelCard;
import org.thurstone.model.files.ModelTexts;
import org.thurstone.model.files.WeightFile;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.tensor.TensorFileError;
import org.thurstone.tensor.gguf.StorageType;

/**
 * Describes a model directory, from its configuration and the headers of its weight files; no weights are loaded.
 *
 * @param architecture as config.json names it, such as {@code LlamaForCausalLM}; of an adapter, its base's
 * @param parameters numbers in the weight files; of an adapter, its own
 * @param dtypes element types of the weights, such as {@code BF16}
 * @param files weight files: 1, or shards
 * @param bytes of the weight files
 * @param context tokens that the model reads at most
 * @param vocabulary rows of the embedding
 * @param width of the hidden states
 * @param chatTemplate whether there is one
 * @param adapter there if the directory holds a LoRA adapter and not a whole model
 * @param licence as the model's card or file names it; empty where neither does
 * @param problems why it cannot be used here, such as a storage type that cannot be read; empty for a model that can
 */
public record ModelInfo(
        String architecture,
        long parameters,
        List<String> dtypes,
        int files,
        long bytes,
        int layers,
        int width,
        int context,
        int vocabulary,
        Optional<TokenizerInfo> tokenizer,
        boolean chatTemplate,
        Optional<AdapterInfo> adapter,
        Optional<String> licence,
        List<String> problems) {

    /**
     * The tokenizer.
     *
     * @param tokens one more than the largest id
     * @param bos spelling of the token that begins a sequence, empty if none does
     * @param eos spelling of the token that ends one, empty if none does
     * @param ends spellings of all tokens after which an answer stops
     */
    public record TokenizerInfo(int tokens, String bos, String eos, List<String> ends) {}

    /**
     * A LoRA adapter.
     *
     * @param base directory of the model that it belongs to
     * @param targets projections that are adapted; empty for all
     */
    public record AdapterInfo(String base, int rank, double alpha, List<String> targets) {}

    /**
     * Reads a directory.
     *
     * @throws UserError if it is not a model directory, or of an unknown family
     */
    public static ModelInfo of(Path directory) {
        boolean adapted = Adapters.only(directory);
        Path base = adapted ? Adapters.base(directory) : directory;
        ConfigJson json = ConfigJson.of(base);
        TransformerConfig config = Families.read(json);
        List<Path> files = adapted ? List.of(directory.resolve(Adapters.WEIGHTS)) : WeightFiles.files(directory);
        long parameters = 0;
        long bytes = 0;
        TreeSet<String> dtypes = new TreeSet<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            try (WeightFile tensors = WeightFile.open(file)) {
                for (String name : tensors.names()) {
                    parameters += count(tensors.shape(name));
                    dtypes.add(tensors.storage(name));
                }
                bytes += GgufPaths.parts(file).stream()
                        .mapToLong(part -> part.toFile().length())
                        .sum();
            } catch (TensorFileError e) {
                throw new UserError(String.valueOf(e.getMessage()), e);
            }
        }
        dtypes.stream()
                .filter(ModelInfo::unreadable)
                .forEach(type -> problems.add("tensors are stored as " + type
                        + ", which cannot be read; what can be is " + StorageType.readableNames()));
        Path texts = hasTokenizer(directory) ? directory : base;
        Optional<ChatTemplate> template = ChatTemplate.load(texts, Clock.systemUTC());
        return new ModelInfo(
                json.has("architectures") ? String.join(", ", json.texts("architectures")) : json.text("model_type"),
                parameters,
                List.copyOf(dtypes),
                files.size(),
                bytes,
                config.layers().size(),
                config.width(),
                config.context(),
                config.vocabulary(),
                hasTokenizer(texts)
                        ? Optional.of(tokenizer(LanguageModel.ending(Tokenizer.load(texts), template)))
                        : Optional.empty(),
                template.isPresent(),
                adapted ? Optional.of(Adapters.info(directory)) : Optional.empty(),
                ModelCard.of(ModelTexts.of(base)).licence(),
                problems);
    }

    /** Storage types of safetensors can all be read, or are refused when the file is opened. */
    private static boolean unreadable(String storage) {
        return Arrays.stream(StorageType.values())
                .anyMatch(type -> type.name().equals(storage) && type.quantized() && !type.readable());
    }

    private static boolean hasTokenizer(Path model) {
        return ModelTexts.of(model).has("tokenizer.json");
    }

    private static long count(long[] shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return count;
    }

    private static TokenizerInfo tokenizer(Tokenizer tokenizer) {
        return new TokenizerInfo(
                tokenizer.vocabulary(),
                tokenizer.bosText(),
                tokenizer.eosText(),
                tokenizer.endings().stream().mapToObj(tokenizer::shown).toList());
    }
}
