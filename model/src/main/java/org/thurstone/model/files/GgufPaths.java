package org.thurstone.model.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thurstone.data.UserError;
import org.thurstone.tensor.TensorFileError;
import org.thurstone.tensor.gguf.GgufFile;

/** Finds the GGUF file that a path stands for. */
public final class GgufPaths {

    private static final String ENDING = ".gguf";

    /** The name of one of several files of a model. */
    private static final Pattern PART = Pattern.compile("(.*)-\\d{5}-of-(\\d{5})\\.gguf", Pattern.CASE_INSENSITIVE);

    private GgufPaths() {}

    /**
     * The file itself, or the only one in a directory without a config.json (of a model in parts, the first); empty where the path is another kind of model.
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
            Matcher first = PART.matcher(found.isEmpty() ? "" : name(found.getFirst()));
            boolean oneModel = first.matches()
                    && found.stream().allMatch(file -> {
                        Matcher part = PART.matcher(name(file));
                        return part.matches()
                                && part.group(1).equals(first.group(1))
                                && part.group(2).equals(first.group(2));
                    });
            if (found.size() > 1 && !oneModel) {
                throw new UserError("there are " + found.size() + " GGUF files in " + model
                        + ": name one of them, such as " + found.getFirst());
            }
            return found.stream().findFirst();
        } catch (IOException e) {
            throw UserError.reading(model, e);
        }
    }

    /**
     * The files of the model that a file belongs to: itself, or the parts of a model that is in several.
     *
     * @throws UserError if they cannot be read
     */
    public static List<Path> parts(Path file) {
        if (!PART.matcher(name(file)).matches() || !Files.isRegularFile(file)) {
            return List.of(file);
        }
        try (GgufFile whole = GgufFile.open(file)) {
            return whole.files();
        } catch (TensorFileError e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Whether a file is of this format by its name. */
    static boolean named(Path file) {
        return name(file).toLowerCase(Locale.ROOT).endsWith(ENDING);
    }
}
