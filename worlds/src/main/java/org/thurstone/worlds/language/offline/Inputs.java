package org.thurstone.worlds.language.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.UserError;
import org.thurstone.data.format.DataFiles;

/**
 * What the inputs of a run held when it began.
 *
 * @param sha256 by path; of a model directory's files that matter, each by itself
 */
record Inputs(Map<String, String> sha256) {

    Inputs {
        sha256 = new TreeMap<>(sha256);
    }

    /**
     * What they hold now.
     *
     * @throws UserError if an input is missing
     */
    static Inputs of(OfflineRecipe recipe) {
        Map<String, String> now = new TreeMap<>();
        Stream.concat(
                        DataFiles.of(recipe.data()).files().stream(),
                        recipe.heldOut().stream().flatMap(file -> DataFiles.heldOut(file).files().stream()))
                .forEach(file -> now.put(file.toString(), Fingerprint.of(file).sha256()));
        Stream.of(Stream.of(recipe.model()), recipe.reference().stream(), recipe.secondReference().stream())
                .flatMap(s -> s)
                .distinct()
                .forEach(directory -> model(Path.of(directory))
                        .forEach(f -> now.put(f.toString(), Fingerprint.of(f).sha256())));
        return new Inputs(now);
    }

    /** The files that are not what they were. */
    List<String> changedSince(Inputs then) {
        return Stream.concat(sha256.keySet().stream(), then.sha256.keySet().stream())
                .distinct()
                .filter(f -> !sha256.getOrDefault(f, "").equals(then.sha256.getOrDefault(f, "")))
                .toList();
    }

    /** Stands for the weights of a model directory, wherever it lies. */
    String weights(String directory) {
        return sha256.entrySet().stream()
                .filter(e -> Path.of(e.getKey()).startsWith(Path.of(directory)))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
    }

    private static List<Path> model(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new UserError("there is no model directory " + directory
                    + ": a policy or reference is a directory with config.json and model.safetensors");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> {
                        String name = f.getFileName().toString();
                        return name.endsWith(".safetensors") || name.endsWith(".json") || name.endsWith(".jinja");
                    })
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw UserError.reading(directory, e);
        }
    }
}
