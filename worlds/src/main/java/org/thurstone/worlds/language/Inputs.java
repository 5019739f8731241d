package org.thurstone.worlds.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.UserError;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Codec;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.model.hub.ModelFiles;
import org.thurstone.recipe.Recipe;
import org.thurstone.report.Version;

/**
 * The inputs of a run other than its recipe: hashes of all files that the recipe names, and the version of the program, at the start of the run.
 *
 * @param sha256 by path; for a model directory, one per file that affects what it computes
 * @param version of Thurstone; empty in runs of versions that did not record it
 */
public record Inputs(Map<String, String> sha256, Optional<String> version) {

    /** The file of a run directory that holds them. */
    public static final String FILE = "inputs.json";

    public static final Codec.Text<Inputs> CODEC = Codec.json(Inputs.class);

    public Inputs {
        sha256 = new TreeMap<>(sha256);
    }

    /**
     * What they hold now.
     *
     * @param recipe all paths in it, wherever they stand, are inputs
     * @param files that it names in other ways
     * @param models directories that it names in other ways
     * @throws UserError if an input is missing
     */
    public static Inputs of(Record recipe, Stream<Path> files, Stream<Path> models) {
        return of(Stream.concat(Recipe.paths(recipe).stream(), files), models);
    }

    private static Inputs of(Stream<Path> paths, Stream<Path> models) {
        Map<String, String> now = new TreeMap<>();
        paths.forEach(path -> now.putAll(fingerprints(path)));
        models.distinct().forEach(model -> now.putAll(ModelFiles.fingerprints(model)));
        return new Inputs(now, Optional.of(Version.current()));
    }

    /** What the inputs of a loop hold now. */
    static Inputs of(RunRecipe recipe) {
        List<Path> ofTask = recipe.task().files();
        Set<Path> paths = new LinkedHashSet<>(Recipe.paths(Recipe.deciding((Record) recipe)));
        if (!ofTask.isEmpty()) {
            // A task may name its files by patterns and folders; it knows which it reads.
            paths.removeAll(recipe.task() instanceof Record task ? Recipe.paths(task) : List.of());
            paths.addAll(ofTask);
        }
        return of(paths.stream(), Stream.empty());
    }

    private static Map<String, String> fingerprints(Path path) {
        if (!Files.isDirectory(path)) {
            return Map.of(path.toString(), Fingerprint.of(path).sha256());
        }
        if (ModelFiles.isModel(path)) {
            return ModelFiles.fingerprints(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            Path::toString, file -> Fingerprint.of(file).sha256()));
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }

    /**
     * Refuses to go on with a run whose inputs are not what they were; another version of the program is a warning.
     *
     * @param then what they were when the run began
     * @throws UserError if they have changed, with their names
     */
    public void checkSince(Inputs then, Path root, Progress progress) {
        String changed = String.join(", ", changedSince(then));
        if (!changed.isEmpty()) {
            throw new UserError("the inputs have changed since the run in " + root + " began: " + changed
                    + "; restore them, choose another --output, or delete the run to start afresh");
        }
        if (!then.version.equals(version)) {
            progress.say("warning: the run in " + root + " was begun by "
                    + then.version.map(v -> "version " + v).orElse("an earlier version") + " and is resumed by version "
                    + version.orElse("") + ": its result may be neither's");
        }
    }

    /** The files that are not what they were. */
    List<String> changedSince(Inputs then) {
        return Stream.concat(sha256.keySet().stream(), then.sha256.keySet().stream())
                .distinct()
                .filter(f -> !sha256.getOrDefault(f, "").equals(then.sha256.getOrDefault(f, "")))
                .toList();
    }

    /** Stands for the weights of a model directory, wherever it lies. */
    public String weights(String directory) {
        return sha256.entrySet().stream()
                .filter(e -> Path.of(e.getKey()).startsWith(Path.of(directory)))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
    }

    /** Records them where a run begins, and {@linkplain #checkSince compares} where it goes on. */
    public void check(RunDirectory run, Progress progress) {
        boolean recorded = run.has(FILE);
        Inputs then = run.output(FILE, CODEC, none -> this);
        if (run.resumed() && !recorded) {
            progress.say("warning: the run in " + run.root()
                    + " was begun by a version that did not record its inputs: whether they have changed is not known");
        }
        checkSince(then, run.root(), progress);
    }
}
