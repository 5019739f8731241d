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
import tools.jackson.databind.node.ObjectNode;

/** The texts of a Hugging Face directory, as the metadata of a GGUF file say them. */
record GgufTexts(Path file) implements ModelTexts {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What a file without a tokenizer says that it has. */
    private static final String NO_TOKENIZER = "none";

    @Override
    public Path model() {
        return file.toAbsolutePath();
    }

    /** A file without a tokenizer is refused by the key that is missing, once the tokenizer is asked for. */
    @Override
    public boolean has(String name) {
        return switch (name) {
            case "config.json" -> true;
            case "tokenizer.json", "tokenizer_config.json", "generation_config.json" -> read(GgufTexts::speaks);
            case "README.md" -> read(gguf -> GgufCard.of(gguf.metadata()).isPresent());
            case "chat_template.jinja" -> read(gguf -> template(gguf).isPresent());
            default -> false;
        };
    }

    @Override
    public Optional<byte[]> bytes(String name) {
        return read(gguf -> switch (name) {
            case "config.json" -> Optional.of(json(GgufConfig.of(gguf).json()));
            case "tokenizer.json" -> tokenizer(gguf, GgufTokenizer::json);
            case "tokenizer_config.json" -> tokenizer(gguf, GgufTokenizer::config);
            case "generation_config.json" -> tokenizer(gguf, GgufTokenizer::generation);
            case "README.md" -> GgufCard.of(gguf.metadata()).map(text -> text.getBytes(StandardCharsets.UTF_8));
            case "chat_template.jinja" -> template(gguf);
            default -> Optional.empty();
        });
    }

    private static boolean speaks(GgufFile gguf) {
        return !gguf.metadata().text("tokenizer.ggml.model").equals(Optional.of(NO_TOKENIZER));
    }

    private static Optional<byte[]> tokenizer(GgufFile gguf, Function<GgufTokenizer, ObjectNode> what) {
        return speaks(gguf) ? Optional.of(json(what.apply(GgufTokenizer.of(gguf.metadata())))) : Optional.empty();
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
