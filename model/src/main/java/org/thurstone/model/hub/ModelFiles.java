package org.thurstone.model.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufPaths;

/** The files of a model that decide what the model computes: weights, configuration, tokenizer and chat template. */
public final class ModelFiles {

    private static final Set<String> ENDINGS = Set.of(".safetensors", ".json", ".jinja", ".model", ".txt");

    private ModelFiles() {}

    /**
     * The files, sorted: those of the directory itself, all shards that its index names, wherever they lie below it, and of an adapter the files
     * of its base.
     *
     * @throws UserError if the directory is missing, or if it does not say which files its weights are in
     */
    public static List<Path> of(Path directory) {
        Optional<Path> gguf = GgufPaths.of(directory);
        if (gguf.isPresent() && Files.isRegularFile(gguf.get())) {
            return GgufPaths.parts(gguf.get());
        }
        requirePresent(directory, "a policy or reference");
        Set<Path> all = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(ModelFiles::relevant).filter(Files::isRegularFile).forEach(all::add);
        } catch (IOException e) {
            throw UserError.reading(directory, e);
        }
        if (Adapters.only(directory)) {
            all.addAll(of(Adapters.base(directory)));
        } else if (Files.exists(directory.resolve("config.json"))) {
            all.addAll(WeightFiles.files(directory));
        }
        return new ArrayList<>(all);
    }

    /**
     * Refuses a path that has no model: neither a directory nor a file of GGUF.
     *
     * @param what takes a model, for the message
     * @throws UserError if it is not there
     */
    public static void requirePresent(Path model, String what) {
        if (!isPresent(model)) {
            throw new UserError("there is no model " + model + ": " + what
                    + " is a directory with config.json and model.safetensors, or a GGUF file");
        }
    }

    /** Whether a path may have a model. */
    public static boolean isPresent(Path model) {
        return Files.isDirectory(model)
                || (Files.isRegularFile(model) && GgufPaths.of(model).isPresent());
    }

    /** Whether a path has a model or an adapter. */
    public static boolean isModel(Path directory) {
        return GgufPaths.of(directory).filter(Files::isRegularFile).isPresent()
                || Files.exists(directory.resolve("config.json"))
                || Adapters.only(directory);
    }

    /** The model that a directory of a run made, or the path itself if it is no such directory. */
    public static Path policyOf(Path model) {
        Path policy = model.resolve("policy");
        return Files.isDirectory(model) && !isModel(model) && isModel(policy) ? policy : model;
    }

    private static boolean relevant(Path file) {
        String name = String.valueOf(file.getFileName());
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /**
     * SHA-256 of each of the {@linkplain #of files}, by its path.
     *
     * @throws UserError if one cannot be read
     */
    public static SortedMap<String, String> fingerprints(Path directory) {
        SortedMap<String, String> all = new TreeMap<>();
        of(directory)
                .forEach(file -> all.put(file.toString(), Fingerprint.of(file).sha256()));
        return all;
    }

    /** A fingerprint of all files of a model directory, which does not depend on the path of the directory. */
    public static String fingerprint(Path directory) {
        return Fingerprint.ofText(String.join(" ", fingerprints(directory).values()))
                .sha256();
    }
}
