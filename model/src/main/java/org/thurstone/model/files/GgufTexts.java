package org.thurstone.model.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.thurstone.data.UserError;
import org.thurstone.tensor.TensorFileError;
import org.thurstone.tensor.gguf.GgufFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The texts of a Hugging Face directory, as the metadata of a GGUF file say them. */
record GgufTexts(Path file) implements ModelTexts {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Path model() {
        return file.toAbsolutePath();
    }

    /** A file without a tokenizer is refused by the key that is missing, once the tokenizer is asked for. */
    @Override
    public boolean has(String name) {
        return switch (name) {
            case "config.json", "tokenizer.json", "tokenizer_config.json", "generation_config.json" -> true;
            case "chat_template.jinja" -> read(gguf -> template(gguf).isPresent());
            default -> false;
        };
    }

    @Override
    public Optional<byte[]> bytes(String name) {
        return read(gguf -> switch (name) {
            case "config.json" -> Optional.of(json(GgufConfig.of(gguf).json()));
            case "tokenizer.json" ->
                Optional.of(json(GgufTokenizer.of(gguf.metadata()).json()));
            case "tokenizer_config.json" ->
                Optional.of(json(GgufTokenizer.of(gguf.metadata()).config()));
            case "generation_config.json" ->
                Optional.of(json(GgufTokenizer.of(gguf.metadata()).generation()));
            case "chat_template.jinja" -> template(gguf);
            default -> Optional.empty();
        });
    }

    private <T> T read(Function<GgufFile, T> what) {
        try (GgufFile gguf = GgufFile.open(file)) {
            return what.apply(gguf);
        } catch (TensorFileError e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<byte[]> template(GgufFile gguf) {
        return gguf.metadata().text("tokenizer.chat_template").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] json(JsonNode node) {
        return JSON.writeValueAsBytes(node);
    }

    @Override
    public String where(String name) {
        return file + " (as " + name + ")";
    }
}
