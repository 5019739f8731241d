package org.thurstone.model.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;

/** The small files of a model: configuration, tokenizer, chat template. They are in its directory, or derived from the metadata of a GGUF file. */
public interface ModelTexts {

    /** Those of a directory, or of a GGUF file or a directory that holds nothing else. */
    static ModelTexts of(Path model) {
        return GgufPaths.of(model).<ModelTexts>map(GgufTexts::new).orElseGet(() -> new DirectoryTexts(model));
    }

    /** The directory or file of the model, absolute. */
    Path model();

    /** Whether the model has a file of this name, without reading it. */
    boolean has(String name);

    /**
     * A file by its name in the layout of Hugging Face, such as {@code config.json}.
     *
     * @return empty if the model has none
     * @throws org.thurstone.data.UserError if it cannot be read
     */
    Optional<byte[]> bytes(String name);

    /** The same as a text in UTF-8. */
    default Optional<String> text(String name) {
        return bytes(name).map(bytes -> {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new UserError("cannot read " + where(name) + ": it is not text in UTF-8", e);
            }
        });
    }

    /**
     * Writes files of these names into a directory, where they differ from what is there.
     *
     * @throws UserError if the directory cannot be written
     */
    default void save(List<String> names, Path directory) {
        try {
            Disk.createDirectories(directory);
            for (String name : names) {
                Path to = directory.resolve(name);
                Optional<byte[]> bytes = bytes(name);
                if (bytes.isPresent() && !(Files.exists(to) && Arrays.equals(InputFile.bytes(to), bytes.get()))) {
                    AtomicFile.write(to, bytes.get());
                }
            }
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }

    /** Where a file is or comes from, for messages. */
    String where(String name);
}
