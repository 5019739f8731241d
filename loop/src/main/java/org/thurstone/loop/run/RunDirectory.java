package org.thurstone.loop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.AtomicDirectory;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.Example;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.Manifest;
import org.thurstone.data.PartFile;
import org.thurstone.data.SideFiles;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.ExampleWriter;
import org.thurstone.data.format.Examples;
import tools.jackson.core.JacksonException;

/**
 * The directory of one run. {@code recipe.yaml} is the fully resolved recipe; everything else is the output of stages, each under its own
 * name and only ever whole: written aside, synced, renamed. {@link Manifest} notices what has changed since. One process at a time works in it.
 */
public final class RunDirectory implements Workspace, AutoCloseable {

    private static final String RECIPE = "recipe.yaml";

    /** Files that lines are appended to: of the metrics and the ledger. */
    private static final List<String> GROWING =
            List.of("metrics.jsonl", "questions.jsonl", "answers.jsonl", "attempts.jsonl");

    private final Path root;
    private final FileChannel lock;
    private final boolean resumed;
    private final String id;
    private final Manifest manifest;

    private RunDirectory(Path root, FileChannel lock, boolean resumed, String id, Manifest manifest) {
        this.root = root;
        this.lock = lock;
        this.manifest = manifest;
        this.resumed = resumed;
        this.id = id;
    }

    /**
     * Creates the directory, or resumes the run in it if it is of the same recipe.
     *
     * @param recipe the resolved recipe, seeds included: what decides the result
     * @throws UserError if the directory holds something else, is in use by another process, or cannot be written, or if a file is not as it
     *     was written
     */
    public static RunDirectory open(Path root, String recipe) {
        try {
            boolean resumed = holds(root, recipe);
            Disk.createDirectories(root);
            FileChannel lock = lock(root);
            try {
                SideFiles.sweep(root);
                if (!resumed) {
                    AtomicFile.write(root.resolve(RECIPE), recipe);
                }
                String id = Fingerprint.ofText(recipe).sha256().substring(0, 32);
                RunDirectory run = new RunDirectory(root, lock, resumed, id, Manifest.open(root));
                run.manifest.check();
                return run;
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UserError("the run directory " + root + " cannot be used: " + UserError.reason(e), e);
        }
    }

    /**
     * Whether the directory holds a run of this recipe, which {@link #open} would resume. Nothing is written: code that checks inputs between this
     * and {@link #open} leaves no directory behind if they cannot be used.
     *
     * @throws UserError if the directory holds something else, or is none
     */
    public static boolean holds(Path root, String recipe) {
        Path file = root.resolve(RECIPE);
        try {
            if (Files.exists(file)) {
                String held = Files.readString(file);
                if (!held.equals(recipe)) {
                    throw new UserError(root + " holds a run of another recipe (" + firstDifference(held, recipe)
                            + "); choose another --output, or delete it to start afresh");
                }
                return true;
            }
            if (Files.exists(root) && !Files.isDirectory(root)) {
                throw new UserError(root + " is a file, and a run needs a directory; choose another --output");
            }
            if (Files.isDirectory(root) && !onlyLeftovers(root)) {
                throw new UserError(root + " is not empty and holds no run; choose another --output");
            }
            return false;
        } catch (IOException e) {
            throw new UserError("the run directory " + root + " cannot be used: " + UserError.reason(e), e);
        }
    }

    /** A process that was killed between making the directory and writing its recipe leaves no more than this. */
    private static boolean onlyLeftovers(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.allMatch(p -> p.getFileName().toString().startsWith("."));
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel = Disk.open(root.resolve(".lock"));
        try {
            if (channel.tryLock() == null) {
                throw new UserError(root + " is in use by another process");
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw new UserError(root + " is in use by this process already", e);
        }
    }

    private static String firstDifference(String stored, String requested) {
        List<String> a = stored.lines().toList();
        List<String> b = requested.lines().toList();
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            String left = i < a.size() ? a.get(i).strip() : "nothing";
            String right = i < b.size() ? b.get(i).strip() : "nothing";
            if (!left.equals(right)) {
                return "it says \"" + left + "\" where this one says \"" + right + "\"";
            }
        }
        return "they differ in white space";
    }

    public Path root() {
        return root;
    }

    /** Whether a run had begun here before. */
    public boolean resumed() {
        return resumed;
    }

    /** The identifier of the run: a hash of its recipe, 32 hexadecimal digits. */
    public String id() {
        return id;
    }

    public Path path(String name) {
        return root.resolve(name);
    }

    @Override
    public boolean has(String name) {
        return Files.exists(path(name));
    }

    @Override
    public <T> T output(String name, Codec<T> codec, Function<Supplier<Path>, T> compute) {
        return switch (codec) {
            case Codec.Text<T> text -> file(name, text, compute);
            case Codec.Examples<?> examples -> examples(name, examples.kind(), compute);
            case Codec.Directory<T> directory -> directory.read(writtenDirectory(name, compute));
        };
    }

    /** The output of the stage that writes a file: read if it is there, else computed and written. */
    private <T> T file(String name, Codec.Text<T> codec, Function<Supplier<Path>, T> compute) {
        Path file = path(name);
        if (!Files.exists(file)) {
            begin(name);
            T value = compute.apply(() -> none(name));
            write(name, codec.write(value));
        }
        // Read back even when just computed: this run continues with the same value that a resumed run would read.
        return read(file, codec);
    }

    /**
     * What a stage has written.
     *
     * @throws UserError if the file cannot be read, or is not what the stage writes
     */
    public static <T> T read(Path file, Codec.Text<T> codec) {
        try {
            return codec.read(Files.readString(file));
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + UserError.reason(e), e);
        } catch (JacksonException e) {
            throw new UserError(
                    file + " is damaged: " + Json.reason(e) + "; restore it, or delete it so that it is made again", e);
        }
    }

    /** An output that was there once and is not any more takes back what later ones have added to files that grow. */
    private void begin(String name) {
        if (manifest.knows(name)) {
            manifest.gone(name);
            GROWING.forEach(file -> manifest.grown(file, 0));
        }
    }

    private void write(String name, String text) {
        Path file = path(name);
        createParent(file);
        manifest.add(name, Fingerprint.ofText(text));
        AtomicFile.write(file, text);
        recordGrown();
    }

    /** What an output rests on is as long as it is now. */
    private void recordGrown() {
        for (String name : GROWING) {
            try {
                Path file = path(name);
                if (Files.exists(file)) {
                    manifest.grown(name, Files.size(file));
                }
            } catch (IOException e) {
                throw UserError.reading(path(name), e);
            }
        }
    }

    private static Path none(String name) {
        throw new IllegalStateException("the output " + name + " is a file: its stage has no directory to write to");
    }

    @SuppressWarnings("unchecked") // the codec's T is a list of its kind
    private <T> T examples(String name, Class<? extends Example> kind, Function<Supplier<Path>, T> compute) {
        Path file = path(name);
        if (!Files.exists(file)) {
            begin(name);
            List<? extends Example> examples = (List<? extends Example>) compute.apply(() -> none(name));
            write(
                    name,
                    examples.stream()
                            .map(example -> ExampleWriter.line(example, Map.of()))
                            .collect(Collectors.joining()));
        }
        List<Example> read = Examples.readAll(file);
        if (!read.stream().allMatch(kind::isInstance)) {
            throw new UserError(
                    file + " holds other things than this stage writes; was it edited? Delete it to compute it again");
        }
        return (T) read;
    }

    @Override
    public <E> List<E> parts(String name, Class<E> type, int count, IntFunction<List<E>> part) {
        Path file = path(name);
        Path aside = PartFile.beside(file);
        Codec.Text<List<E>> codec = Codec.jsonLines(type);
        List<E> elements = file(name, codec, none -> {
            createParent(file);
            try (PartFile parts = PartFile.open(aside)) {
                List<E> all = new ArrayList<>();
                for (int i = 0; i < parts.finished(); i++) {
                    all.addAll(codec.read(parts.part(i)));
                }
                for (int i = parts.finished(); i < count; i++) {
                    List<E> computed = part.apply(i);
                    parts.append(codec.write(computed));
                    all.addAll(computed);
                }
                return all;
            }
        });
        try {
            Disk.delete(aside);
        } catch (IOException e) {
            throw UserError.writing(aside, e);
        }
        return elements;
    }

    /**
     * A directory next to the stages' outputs, such as a candidate for one: written aside and renamed if it is not there yet.
     *
     * @param write fills the empty directory that it is given
     */
    public Path directory(String name, Consumer<Path> write) {
        return writtenDirectory(name, aside -> {
            write.accept(aside.get());
            return aside;
        });
    }

    /** Deletes what {@link #directory(String, Consumer)} wrote, if it is there. */
    public void drop(String name) {
        try {
            manifest.gone(name);
            Disk.deleteTree(path(name));
        } catch (IOException e) {
            throw UserError.writing(path(name), e);
        }
    }

    /** A stage whose output is a directory that it writes itself. */
    private Path writtenDirectory(String name, Function<Supplier<Path>, ?> write) {
        Path directory = path(name);
        if (!Files.exists(directory)) {
            begin(name);
            AtomicDirectory.write(
                    directory,
                    aside -> Objects.requireNonNull(write.apply(() -> aside), "a stage makes something"),
                    aside -> manifest.addDirectory(name, aside));
            recordGrown();
        }
        return directory;
    }

    private static void createParent(Path file) {
        try {
            Disk.createDirectories(Objects.requireNonNull(file.getParent(), "an output is in the run directory"));
        } catch (IOException e) {
            throw UserError.writing(file, e);
        }
    }

    @Override
    public void close() {
        try (manifest) {
            SideFiles.sweep(root);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
