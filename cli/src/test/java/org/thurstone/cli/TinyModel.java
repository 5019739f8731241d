package org.thurstone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.text.WordTokenizerFile;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;

/** A model directory that is made in a moment: random weights over single lower-case letters, context 32. */
public final class TinyModel {

    static final int CONTEXT = 32;

    private TinyModel() {}

    public static Path write(Path directory) {
        return write(directory, 16, 1);
    }

    static Path write(Path directory, int width, long seed) {
        List<String> letters =
                IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
        return write(directory, width, seed, new WordTokenizerFile(letters, "\\S"), CONTEXT);
    }

    /** Over printable characters, with room for a few sentences. */
    static Path ofCharacters(Path directory) {
        List<String> characters =
                IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).toList();
        return write(directory, 16, 1, new WordTokenizerFile(characters, "[\\s\\S]"), 256);
    }

    private static Path write(Path directory, int width, long seed, WordTokenizerFile tokenizer, int context) {
        String config = """
                {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": %d, "hidden_size": %d,
                 "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
                 "max_position_embeddings": %d, "rms_norm_eps": 1e-5, "tie_word_embeddings": true}
                """.formatted(Math.max(32, tokenizer.vocabulary()), width, context);
        try (Transformer model = Transformer.initialise(
                Transformers.config("tiny", config),
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
                DType.FLOAT32,
                Device.CPU)) {
            Files.createDirectories(directory);
            Transformers.save(model, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tokenizer.write(directory, context);
        return directory;
    }
}
