package org.thurstone.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sizes and hashes of the finished files of a directory, in its file {@value #FILE}, so that a changed or missing file is noticed before it is
 * used. Each line is {@linkplain SealedLine sealed} and says one of:
 *
 * <ul>
 *   <li>{@code {"file": NAME, "output": NAME, "bytes": N, "sha256": …}}: a file of an output, which is a file or a directory;
 *   <li>{@code {"grows": NAME, "bytes": N}}: a file that lines are appended to is at least so long; its lines have checksums of their own;
 *   <li>{@code {"gone": NAME}}: an output was deleted, or is being computed again.
 * </ul>
 *
 * <p>A line is synced before its file is renamed, so every file under its final name has a line.
 */
public final class Manifest implements Closeable {

    /** The name of its file. */
    public static final String FILE = "manifest.jsonl";

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What is wrong with a file.
     *
     * @param name relative to the directory
     * @param gone whether the whole output is not there, so that it would be computed again
     * @param what as in {@code is missing}
     */
    public record Fault(String name, boolean gone, String what) {}

    private record Entry(String output, Fingerprint held) {}

    private final Path root;
    private final @Nullable GrowingFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Long> growing = new LinkedHashMap<>();

    private Manifest(Path root, @Nullable GrowingFile file) {
        this.root = root;
        this.file = file;
    }

    /**
     * Opens the manifest of a directory, which is made if it is missing.
     *
     * @throws UserError if it is damaged, or cannot be read or written
     */
    public static Manifest open(Path root) {
        Path path = root.resolve(FILE);
        GrowingFile file = GrowingFile.open(path);
        try {
            Manifest manifest = new Manifest(root, file);
            file.cut(manifest.scan(path));
            return manifest;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Reads the manifest of a directory, which nothing can be added to; it may be another process's.
     *
     * @return empty where there is none
     */
    public static Optional<Manifest> read(Path root) {
        Path path = root.resolve(FILE);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Manifest manifest = new Manifest(root, null);
        manifest.scan(path);
        return Optional.of(manifest);
    }

    /** @return where the last whole line ends */
    private long scan(Path path) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
        long end = 0;
        int number = 1;
        for (byte[] line : SealedLine.lines(bytes)) {
            if (!SealedLine.isSound(line, line.length)) {
                throw new UserError(path + ":" + number + ": the line is damaged: it does not fit its checksum. Restore"
                        + " the file from a copy, or delete it: then the run's files are not checked");
            }
            take(JSON.readTree(line));
            end += line.length + 1;
            number++;
        }
        return end;
    }

    private void take(JsonNode line) {
        if (line.has("file")) {
            entries.put(
                    line.path("file").asString(""),
                    new Entry(
                            line.path("output").asString(""),
                            new Fingerprint(
                                    line.path("sha256").asString(""),
                                    line.path("bytes").asLong(0))));
        } else if (line.has("grows")) {
            growing.put(line.path("grows").asString(""), line.path("bytes").asLong(0));
        } else {
            String gone = line.path("gone").asString("");
            entries.values().removeIf(entry -> entry.output.equals(gone));
        }
    }

    private void append(ObjectNode line) {
        take(line);
        file().append(SealedLine.seal(JSON.writeValueAsString(line)));
    }

    private GrowingFile file() {
        if (file == null) {
            throw new IllegalStateException("the manifest of " + root + " was opened to be read");
        }
        return file;
    }

    /** Whether anything was recorded of an output. */
    public boolean knows(String output) {
        return entries.values().stream().anyMatch(entry -> entry.output.equals(output));
    }

    /** Records a file that is about to get its name. */
    public void add(String output, Fingerprint held) {
        append(line(output, output, held));
        file().force();
    }

    /** Records the files of a directory that is about to get its name. */
    public void addDirectory(String output, Path aside) {
        try (Stream<Path> files = Files.walk(aside)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = output + "/" + aside.relativize(each).toString().replace('\\', '/');
                append(line(name, output, Fingerprint.of(each)));
            }
        } catch (IOException e) {
            throw UserError.reading(aside, e);
        }
        file().force();
    }

    private static ObjectNode line(String name, String output, Fingerprint held) {
        return JSON.createObjectNode()
                .put("file", name)
                .put("output", output)
                .put("bytes", held.bytes())
                .put("sha256", held.sha256());
    }

    /** Records that an output is about to be deleted, or to be computed again. */
    public void gone(String output) {
        if (knows(output)) {
            append(JSON.createObjectNode().put("gone", output));
            file().force();
        }
    }

    /** Records how long a file is that lines are appended to; 0 where it may become shorter again. */
    public void grown(String name, long bytes) {
        if (growing.getOrDefault(name, 0L) != bytes) {
            append(JSON.createObjectNode().put("grows", name).put("bytes", bytes));
        }
    }

    /** Compares what is there with what was written. Reads every file. */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        growing.forEach((name, bytes) -> {
            long there = size(root.resolve(name));
            if (bytes > 0 && there < 0) {
                faults.add(new Fault(name, false, "is missing"));
            } else if (there < bytes) {
                faults.add(new Fault(name, false, "has lost its end: it has " + there + " of " + bytes + " bytes"));
            }
        });
        entries.forEach((name, entry) -> {
            Path path = root.resolve(name);
            if (!Files.exists(root.resolve(entry.output))) {
                faults.add(new Fault(name, true, "is missing"));
            } else if (!Files.exists(path)) {
                faults.add(new Fault(name, false, "is missing"));
            } else if (size(path) != entry.held.bytes()) {
                faults.add(new Fault(
                        name,
                        false,
                        "is damaged: it has " + size(path) + " bytes, and was written with " + entry.held.bytes()));
            } else if (!Fingerprint.of(path).equals(entry.held)) {
                faults.add(new Fault(name, false, "is damaged: its bytes are not those that were written"));
            }
        });
        return faults;
    }

    /**
     * Refuses to rely on files that have changed. Outputs that are not there at all are no fault: they are computed again.
     *
     * @throws UserError names all that are damaged or missing
     */
    public void check() {
        List<Fault> faults = faults().stream().filter(fault -> !fault.gone).toList();
        if (!faults.isEmpty()) {
            StringBuilder all = new StringBuilder("files of the run in " + root + " are not as they were written:");
            faults.forEach(fault -> all.append("\n  ")
                    .append(root.resolve(fault.name))
                    .append(' ')
                    .append(fault.what));
            throw new UserError(
                    all.append("\nRestore them from a copy; what a stage has made may be deleted as a whole, to"
                                    + " be computed again")
                            .toString());
        }
    }

    /** The names of the files that are recorded. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(entries.keySet());
        names.addAll(growing.keySet());
        return names;
    }

    /** -1 where there is no file. */
    private static long size(Path path) {
        try {
            return Files.exists(path) ? Files.size(path) : -1;
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
