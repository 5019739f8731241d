package org.thurstone.model.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurstone.data.UserError;

/** Finds the GGUF file that a path stands for. */
public final class GgufPaths {

    private static final String ENDING = ".gguf";

    private GgufPaths() {}

    /**
     * The file itself, or the only one in a directory without a config.json; empty where the path is another kind of model.
     *
     * @throws UserError if a directory holds several
     */
    public static Optional<Path> of(Path model) {
        if (!Files.isDirectory(model)) {
            return named(model) ? Optional.of(model) : Optional.empty();
        }
        if (Files.exists(model.resolve("config.json")) || Files.exists(model.resolve("adapter_config.json"))) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(model)) {
            List<Path> found = files.filter(GgufPaths::named).sorted().toList();
            if (found.size() > 1) {
                throw new UserError("there are " + found.size() + " GGUF files in " + model
                        + ": name one of them, such as " + found.getFirst());
            }
            return found.stream().findFirst();
        } catch (IOException e) {
            throw UserError.reading(model, e);
        }
    }

    /** Whether a file is of this format by its name. */
    static boolean named(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(ENDING);
    }
}
